"""Facts about sites and staff."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreAdded(Event):
    NAME: ClassVar[str] = "exams.centre_added"

    centre_id: UUID
    code: str
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAdded(Event):
    NAME: ClassVar[str] = "exams.room_added"

    room_id: UUID
    centre_id: UUID
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTakenOutOfUse(Event):
    NAME: ClassVar[str] = "exams.seat_taken_out_of_use"

    room_id: UUID
    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPutBack(Event):
    NAME: ClassVar[str] = "exams.seat_put_back"

    room_id: UUID
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffJoined(Event):
    NAME: ClassVar[str] = "exams.staff_joined"

    staff_id: UUID
    centre_id: UUID
    person_id: UUID
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLeft(Event):
    NAME: ClassVar[str] = "exams.staff_left"

    staff_id: UUID
    person_id: UUID
