"""The steps of a sitting.

    planned -> confirmed -> drawn -> open -> closed -> released
    planned, confirmed, drawn -> called_off
    open, closed -> annulled

planned    candidates are given seats, staff are assigned
confirmed  seats and staff stand; admission tickets can be had
drawn      the secret is promised and every candidate has a paper
open       candidates work
closed     nobody works any more; marks are there, nobody is told
released   candidates see their results
called_off it was never opened, and never will be; its candidates wait again
annulled   it was held and came to nothing, a fire for example: it counts for nobody, and its candidates wait again
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from exams.centres.rules import DUTY_NAMES, Duty
from exams.sittings.errors import (
    SAY_WHY_TO_CANDIDATES,
    NeverOpened,
    NobodySeated,
    OffAlready,
    OpenedAlready,
    PapersMissing,
    ReleasedAlready,
    StaffMissing,
    StaffNotThere,
    StartsInThePast,
    StartsTooFarAhead,
    StepOutOfOrder,
    TooEarlyForDuty,
    TooEarlyToCheckIn,
    TooEarlyToOpen,
    TooLateToOpen,
)
from exams.standards.rules import Part
from kernel.because import Because, because
from kernel.names import Names

SittingId = NewType("SittingId", UUID)
SHORTEST_REASON = 4
# A guard against a mistyped year, not a rule of law.
YEARS_AHEAD_AT_MOST = 3


class State(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DRAWN = "drawn"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED = "released"
    CALLED_OFF = "called_off"
    ANNULLED = "annulled"


STATE_NAMES: dict[State, Names] = {
    State.PLANNED: Names("编排中", "being planned"),
    State.CONFIRMED: Names("已确认", "confirmed"),
    State.DRAWN: Names("已抽卷", "drawn"),
    State.OPEN: Names("考试中", "open"),
    State.CLOSED: Names("已结束", "closed"),
    State.RELEASED: Names("成绩已发布", "released"),
    State.CALLED_OFF: Names("已取消", "called off"),
    State.ANNULLED: Names("已作废", "annulled"),
}
STEPS = (State.PLANNED, State.CONFIRMED, State.DRAWN, State.OPEN, State.CLOSED, State.RELEASED)
OFF = (State.CALLED_OFF, State.ANNULLED)


@dataclass(frozen=True, slots=True)
class HouseRules:
    """Minutes around the start, from `exams/data/centres.yaml`."""

    check_in_opens: timedelta
    opens_early: timedelta
    opens_late: timedelta


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the steps depend on; `invigilators` and `examiners` are how many the standard asks for."""

    state: State
    part: Part
    starts_at: datetime
    invigilators: int
    examiners: int

    def confirm(self, *, seated: int, invigilators: int, examiners: int) -> State:
        """Raises StepOutOfOrder, NobodySeated, StaffMissing."""
        require_state(self.state, State.PLANNED)
        if not seated:
            raise NobodySeated
        for duty, needed, there in (
            (Duty.INVIGILATOR, self.invigilators, invigilators),
            (Duty.EXAMINER, self.examiners, examiners),
        ):
            if there < needed:
                raise StaffMissing(duty=DUTY_NAMES[duty], needed=needed, there=there)
        return State.CONFIRMED

    def draw(self) -> State:
        """Raises StepOutOfOrder."""
        require_state(self.state, State.CONFIRMED)
        return State.DRAWN

    def require_duty_time(self, now: datetime, house: HouseRules) -> None:
        """Raises StepOutOfOrder, TooEarlyForDuty: staff arrive once seats and papers stand, not days before."""
        require_state(self.state, State.CONFIRMED, State.DRAWN, State.OPEN)
        opens = self.starts_at - house.check_in_opens
        if now < opens:
            raise TooEarlyForDuty(opens=opens)

    def require_check_in(self, now: datetime, house: HouseRules) -> None:
        """Raises StepOutOfOrder, TooEarlyToCheckIn.

        Not before the papers are drawn: until then a seat can be taken back and given in another sitting, and whoever
        had been checked in for this one would be let in there unseen.
        """
        require_state(self.state, State.DRAWN, State.OPEN)
        opens = self.starts_at - house.check_in_opens
        if now < opens:
            raise TooEarlyToCheckIn(opens=opens)

    def open(self, *, now: datetime, house: HouseRules, present: int, without_paper: int) -> State:
        """Raises StepOutOfOrder, TooEarlyToOpen, TooLateToOpen, PapersMissing, StaffNotThere."""
        require_state(self.state, State.DRAWN)
        opens, until = self.starts_at - house.opens_early, self.starts_at + house.opens_late
        if now < opens:
            raise TooEarlyToOpen(opens=opens)
        if now > until:
            raise TooLateToOpen(until=until)
        if without_paper:
            raise PapersMissing(missing=without_paper)
        if present < self.invigilators:
            raise StaffNotThere(needed=self.invigilators, there=present)
        return State.OPEN

    def close(self) -> State:
        """Raises StepOutOfOrder."""
        require_state(self.state, State.OPEN)
        return State.CLOSED

    def release(self) -> State:
        """Raises StepOutOfOrder."""
        require_state(self.state, State.CLOSED)
        return State.RELEASED

    def call_off(self) -> State:
        """Raises OffAlready, ReleasedAlready, OpenedAlready."""
        self._require_on()
        if self.state not in (State.PLANNED, State.CONFIRMED, State.DRAWN):
            raise OpenedAlready
        return State.CALLED_OFF

    def annul(self) -> State:
        """Raises OffAlready, ReleasedAlready, NeverOpened."""
        self._require_on()
        if self.state not in (State.OPEN, State.CLOSED):
            raise NeverOpened
        return State.ANNULLED

    def _require_on(self) -> None:
        if self.state in OFF:
            raise OffAlready(state=STATE_NAMES[self.state])
        if self.state is State.RELEASED:
            raise ReleasedAlready


def require_time_to_come(starts_at: datetime, now: datetime) -> None:
    """Raises StartsInThePast, StartsTooFarAhead; each at its field."""
    if starts_at <= now:
        raise StartsInThePast(fields={"starts_at": StartsInThePast()})
    if starts_at.year > now.year + YEARS_AHEAD_AT_MOST:
        problem = StartsTooFarAhead(years=YEARS_AHEAD_AT_MOST)
        raise StartsTooFarAhead(fields={"starts_at": problem}, years=YEARS_AHEAD_AT_MOST)


def reason_for_candidates(reason: str) -> Because:
    """The reason, trimmed. Raises ReasonMissing."""
    return because(reason, SAY_WHY_TO_CANDIDATES, least=SHORTEST_REASON)


def require_state(state: State, *needed: State) -> None:
    """Raises StepOutOfOrder, which names the state that the step belongs to."""
    if state not in needed:
        raise StepOutOfOrder(needed=STATE_NAMES[needed[0]], state=STATE_NAMES[state])
