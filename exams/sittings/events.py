"""Facts about sittings."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from kernel.events import Event
from kernel.notify import Channel

SITTING = Channel("exams.sitting")  # the sitting, or something in its room, has changed


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingPlanned(Event):
    NAME: ClassVar[str] = "exams.sitting_planned"

    sitting_id: UUID
    code: str
    room_id: UUID
    qualification: str
    part: str
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LotDrawn(Event):
    """Seats or staff were drawn by lot; with the recorded input and this seed anybody can draw again."""

    NAME: ClassVar[str] = "exams.lot_drawn"

    lot_id: UUID
    sitting_id: UUID
    purpose: str
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAssigned(Event):
    NAME: ClassVar[str] = "exams.staff_assigned"

    sitting_id: UUID
    person_id: UUID
    duty: str
    by_lot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRelieved(Event):
    NAME: ClassVar[str] = "exams.staff_relieved"

    sitting_id: UUID
    person_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTakenUp(Event):
    NAME: ClassVar[str] = "exams.duty_taken_up"

    sitting_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingConfirmed(Event):
    NAME: ClassVar[str] = "exams.sitting_confirmed"

    sitting_id: UUID
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDrawn(Event):
    NAME: ClassVar[str] = "exams.sitting_drawn"

    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingOpened(Event):
    NAME: ClassVar[str] = "exams.sitting_opened"

    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingClosed(Event):
    NAME: ClassVar[str] = "exams.sitting_closed"

    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingCalledOff(Event):
    """It was never opened, and its `candidates` wait again."""

    NAME: ClassVar[str] = "exams.sitting_called_off"

    sitting_id: UUID
    candidates: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingAnnulled(Event):
    """It was held and counts for none of its `candidates`, who wait again."""

    NAME: ClassVar[str] = "exams.sitting_annulled"

    sitting_id: UUID
    candidates: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingReleased(Event):
    NAME: ClassVar[str] = "exams.sitting_released"

    sitting_id: UUID
    results: int
