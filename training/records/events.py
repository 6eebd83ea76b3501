"""The fact that crosses from teaching to certification. Nothing else does."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCompleted(Event):
    NAME: ClassVar[str] = "training.lesson_completed"

    enrolment_id: UUID
    person_id: UUID
    lesson: str
    credited_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursCompleted(Event):
    """The hours of an outline are complete.

    Attributes:
        training_kind: "initial" or "renewal".
        hours_required: of the outline, in 学时.
        hours_credited: online and face to face, in 学时.
        teacher_ids: persons who taught, and so may not examine.
        outline_name: what the outline is called in Chinese, as a proof prints it; facts from before have none.
        demonstration: the shortened outline was used; no real proof may follow from it.
    """

    NAME: ClassVar[str] = "training.hours_completed"

    enrolment_id: UUID
    person_id: UUID
    qualification: str
    outline: str
    outline_version: int
    training_kind: str
    hours_required: Decimal
    hours_credited: Decimal
    started_on: date
    completed_on: date
    provider_id: UUID
    provider_name: str
    teacher_ids: tuple[UUID, ...]
    demonstration: bool
    outline_name: str = ""
