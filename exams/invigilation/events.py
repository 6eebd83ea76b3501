"""Facts of the room record."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNoted(Event):
    NAME: ClassVar[str] = "exams.room_noted"

    sitting_id: UUID
    kind: str
    text: str
