"""Facts of the paper at its desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptStarted(Event):
    NAME: ClassVar[str] = "exams.attempt_started"

    attempt_id: UUID
    person_id: UUID
    sitting_id: UUID
    deadline: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTaken(Event):
    """The paper is worked on at this place from now on; a page that was loaded again at the same place is not told."""

    NAME: ClassVar[str] = "exams.desk_taken"

    attempt_id: UUID
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFreed(Event):
    """The paper left its place; it is taken up again at `seat`."""

    NAME: ClassVar[str] = "exams.desk_freed"

    attempt_id: UUID
    seat: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGiven(Event):
    NAME: ClassVar[str] = "exams.time_given"

    attempt_id: UUID
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEnded(Event):
    """Nothing of this attempt changes any more; `how` is submitted, run_out or ended (for a breach)."""

    NAME: ClassVar[str] = "exams.attempt_ended"

    attempt_id: UUID
    person_id: UUID
    sitting_id: UUID
    how: str
    steps: int
    receipt: str
