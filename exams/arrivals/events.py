"""Facts of the door."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCheckedIn(Event):
    NAME: ClassVar[str] = "exams.candidate_checked_in"

    registration_id: UUID
    person_id: UUID
    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLetInLate(Event):
    NAME: ClassVar[str] = "exams.candidate_let_in_late"

    registration_id: UUID
    reason: str
