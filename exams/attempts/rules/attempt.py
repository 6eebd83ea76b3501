"""When an attempt may be started and worked on, and how it ends. Nothing here reads a clock or a database."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, Protocol
from uuid import UUID

from exams.attempts.errors import AttemptIsOver, MinutesOutOfRange, TimeIsUp, TooLateToStart

AttemptId = NewType("AttemptId", UUID)

GRACE = timedelta(seconds=10)  # a slow network must not cost anyone the last answer
MOST_MINUTES_AT_ONCE = 60


class State(StrEnum):
    """Where an attempt stands."""

    READY = "ready"  # checked in: the paper waits, and no time runs
    OPEN = "open"
    SUBMITTED = "submitted"
    RUN_OUT = "run_out"
    ENDED = "ended"  # by two invigilators, for a breach
    ANNULLED = "annulled"  # with its whole sitting, by the exam office

    @property
    def is_over(self) -> bool:
        """Whether no answer changes any more."""
        return self not in (State.READY, State.OPEN)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate at one paper. `time_allowed` is the paper's; `extra` is what invigilators gave on top."""

    state: State
    started_at: datetime
    time_allowed: timedelta
    extra: timedelta = timedelta()

    @property
    def deadline(self) -> datetime:
        """The instant at which the time is up."""
        return self.started_at + self.time_allowed + self.extra

    def may_take_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now still counts."""
        return may_take_answers(self, now)

    def hand_in(self, now: datetime) -> "Attempt":
        """The candidate hands in. Raises AttemptIsOver, TimeIsUp."""
        if self.state.is_over:
            raise AttemptIsOver
        if now > self.deadline + GRACE:
            raise TimeIsUp(deadline=self.deadline)
        return replace(self, state=State.SUBMITTED)

    def run_out(self, now: datetime) -> "Attempt":
        """The server hands in when the time and its grace are over; before that nothing happens."""
        if self.state.is_over or now <= self.deadline + GRACE:
            return self
        return replace(self, state=State.RUN_OUT)

    def give_time(self, minutes: int, now: datetime) -> "Attempt":
        """An invigilator makes up for lost time. Raises AttemptIsOver, TimeIsUp, MinutesOutOfRange."""
        check_minutes(minutes)
        if self.state.is_over:
            raise AttemptIsOver
        if now > self.deadline + GRACE:  # the server is about to hand in; time given now would bring back the dead
            raise TimeIsUp(deadline=self.deadline)
        return replace(self, extra=self.extra + timedelta(minutes=minutes))

    def end(self) -> "Attempt":
        """Two invigilators end the attempt for a breach. Raises AttemptIsOver."""
        if self.state.is_over:
            raise AttemptIsOver
        return replace(self, state=State.ENDED)

    def annul(self) -> "Attempt":
        """The sitting was annulled. Raises AttemptIsOver."""
        if self.state.is_over:
            raise AttemptIsOver
        return replace(self, state=State.ANNULLED)


class Timed(Protocol):
    """What has a state and a deadline: an attempt as the rules know it, or as it is shown."""

    @property
    def state(self) -> State: ...

    @property
    def deadline(self) -> datetime: ...


def may_take_answers(attempt: Timed, now: datetime) -> bool:
    """Whether an answer that arrives now still counts."""
    return not attempt.state.is_over and now <= attempt.deadline + GRACE


def check_minutes(minutes: int) -> None:
    """Raises MinutesOutOfRange unless one act may give that much time."""
    if not 1 <= minutes <= MOST_MINUTES_AT_ONCE:
        raise MinutesOutOfRange({"minutes": MinutesOutOfRange(most=MOST_MINUTES_AT_ONCE)}, most=MOST_MINUTES_AT_ONCE)


def check_start(
    *, starts_at: datetime, opened_at: datetime, late_entry: timedelta, now: datetime, is_let_in: bool
) -> None:
    """Whether a candidate may still start: within `late_entry` of the start, planned or real, whichever is later.

    Raises:
        TooLateToStart: unless an invigilator let the candidate in.
    """
    if not is_let_in and now > max(starts_at, opened_at) + late_entry:
        raise TooLateToStart(minutes=int(late_entry.total_seconds() // 60))


def desk_digest(token: str) -> bytes:
    """What is kept of the token that a page made for the one place where its paper is open."""
    return hashlib.sha256(token.encode()).digest()
