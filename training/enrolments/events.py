"""Facts about enrolments."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled(Event):
    NAME: ClassVar[str] = "training.person_enrolled"

    enrolment_id: UUID
    person_id: UUID
    qualification: str
    training_kind: str
    outline: str
    outline_version: int
    provider_id: UUID
    teacher_ids: tuple[UUID, ...]
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWithdrawn(Event):
    NAME: ClassVar[str] = "training.person_withdrawn"

    enrolment_id: UUID
    person_id: UUID
    reason: str
