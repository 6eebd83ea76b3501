"""Rows of the room record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from exams.invigilation.rules import NoteKind
from kernel.db import ExamsBase


class RoomNoteRecord(ExamsBase):
    """A line of the room record (考场记录): what was done or happened, by whom, why. Only added.

    `facts` by kind: moved {"from", "to"}, time_given {"minutes"}, signed {"digest", "name"}; all others {}.
    """

    __tablename__ = "room_notes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    registration_id: Mapped[UUID | None]
    kind: Mapped[NoteKind]
    text: Mapped[str]
    facts: Mapped[dict[str, Any]]
    by_person_id: Mapped[UUID]
    at: Mapped[datetime]
