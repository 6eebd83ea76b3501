"""When an attempt may still be worked on, and what its steps add up to. Nothing here reads a clock or a database.

An attempt is a list of steps that are only added. A step says: question 12 is now answered "B", or flagged. The answers
are what the last step of each question says, in the order of the client's sequence. Marking replays the steps, so the
result can be had again from them at any time.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from exams.attempts.errors import AnswerDoesNotFit, AttemptIsOver, TimeIsUp, TooLateToStart

AttemptId = NewType("AttemptId", UUID)

GRACE = timedelta(seconds=10)  # a slow network must not cost anyone the last answer
ADMITTED_UNTIL = timedelta(minutes=30)  # after the start; room rules in use, e.g. Jilin 2015


class State(StrEnum):
    """Where an attempt stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RUN_OUT = "run_out"
    ENDED = "ended"  # by two invigilators, for a breach

    @property
    def is_over(self) -> bool:
        """Whether no answer changes any more."""
        return self is not State.OPEN


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
        return not self.state.is_over and now <= self.deadline + GRACE

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

    def give_time(self, minutes: int) -> "Attempt":
        """An invigilator makes up for lost time. Raises AttemptIsOver."""
        if self.state.is_over:
            raise AttemptIsOver
        return replace(self, extra=self.extra + timedelta(minutes=minutes))

    def end(self) -> "Attempt":
        """Two invigilators end the attempt for a breach. Raises AttemptIsOver."""
        if self.state.is_over:
            raise AttemptIsOver
        return replace(self, state=State.ENDED)


def desk_digest(token: str) -> bytes:
    """What is kept of the token that a page made for the one place where its paper is open."""
    return hashlib.sha256(token.encode()).digest()


def check_start(*, sitting_opened_at: datetime, now: datetime, let_in: bool) -> None:
    """Whether a candidate may still start. Raises TooLateToStart unless an invigilator let them in."""
    if not let_in and now > sitting_opened_at + ADMITTED_UNTIL:
        raise TooLateToStart(minutes=int(ADMITTED_UNTIL.total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer to one question may look like: its letters, and whether several may be chosen."""

    letters: str
    several: bool

    @property
    def code(self) -> str:
        """A short text kept with the attempt: letters, with a plus where several may be chosen."""
        return self.letters + ("+" if self.several else "")

    @classmethod
    def of(cls, code: str) -> "Shape":
        """The shape that `code` names."""
        return cls(code.rstrip("+"), code.endswith("+"))

    def fits(self, answer: str) -> bool:
        """Whether `answer` is empty, or letters of this question, each once, in order, one unless several may be."""
        if not answer:
            return True
        in_order = answer == "".join(letter for letter in self.letters if letter in answer)
        return in_order and (self.several or len(answer) == 1)


def check_answer(shapes: list[str], question: int, answer: str) -> None:
    """Raises AnswerDoesNotFit when there is no such question or no such answer to it."""
    if not 1 <= question <= len(shapes) or not Shape.of(shapes[question - 1]).fits(answer):
        raise AnswerDoesNotFit(question=question)


@dataclass(frozen=True, slots=True)
class Step:
    """One saved act of the candidate. `sequence` counts the candidate's acts from 1, across tabs and seats."""

    sequence: int
    question: int
    answer: str
    flagged: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question stands at after all steps."""

    answer: str
    flagged: bool


def standing(steps: Iterable[Step]) -> dict[int, Standing]:
    """Question number -> what the last step about it says."""
    return {
        step.question: Standing(step.answer, step.flagged) for step in sorted(steps, key=lambda step: step.sequence)
    }


def answers(steps: Iterable[Step]) -> dict[int, frozenset[str]]:
    """Question number -> letters, for marking; questions left empty are not in it."""
    return {number: frozenset(at.answer) for number, at in standing(steps).items() if at.answer}


def receipt(steps: Iterable[Step]) -> str:
    """SHA-256 over all steps in order, in hexadecimal: what the candidate takes home as proof of what was handed in."""
    digest = hashlib.sha256()
    for step in sorted(steps, key=lambda step: step.sequence):
        digest.update(
            f"{step.sequence}|{step.question}|{step.answer}|{int(step.flagged)}|{step.at.isoformat()}\n".encode()
        )
    return digest.hexdigest()
