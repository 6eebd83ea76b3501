"""Facts about classes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRecorded(Event):
    NAME: ClassVar[str] = "training.class_recorded"

    class_id: UUID
    provider_id: UUID
    qualification: str
    part: str
    held_on: date
    begins: str
    hours: Decimal
    teacher_id: UUID
    enrolment_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceStruck(Event):
    """Attendances were recorded wrongly and count no more."""

    NAME: ClassVar[str] = "training.attendance_struck"

    class_id: UUID
    provider_id: UUID
    enrolment_ids: tuple[UUID, ...]
    reason: str
