"""Rows of sittings, duties and lots."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence
from sqlalchemy.orm import Mapped, mapped_column

from exams.centres.rules import Duty
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel.db import ExamsBase

SITTING_NUMBERS = Sequence("sitting_numbers", schema="exams", metadata=ExamsBase.metadata)


class SittingRecord(ExamsBase):
    """One sitting. `standard` is what held when it was planned; a later change of the data does not change it.

    `off_*`: when, why and by whom it was called off or annulled; from then on the row never changes.
    """

    __tablename__ = "sittings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("exams.centres.id"))
    room_id: Mapped[UUID] = mapped_column(ForeignKey("exams.rooms.id"))
    qualification: Mapped[str]
    part: Mapped[Part]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    state: Mapped[State]
    standard: Mapped[dict[str, Any]]
    numbers_given: Mapped[int]
    planned_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    off_at: Mapped[datetime | None]
    off_because: Mapped[str | None]
    off_by: Mapped[UUID | None]


class DutyRecord(ExamsBase):
    """Somebody on duty in a sitting. Who is relieved stays in the list, with the reason."""

    __tablename__ = "duties"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("exams.sittings.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("exams.staff.id"))
    person_id: Mapped[UUID]
    name: Mapped[str]
    duty: Mapped[Duty]
    lot_id: Mapped[UUID | None]
    assigned_at: Mapped[datetime]
    taken_up_at: Mapped[datetime | None]
    relieved_at: Mapped[datetime | None]
    relieved_because: Mapped[str | None]


class LotRecord(ExamsBase):
    """What was drawn by lot, from what, how, with which seed; written once, so that anybody can draw it again."""

    __tablename__ = "lots"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("exams.sittings.id"))
    purpose: Mapped[str]
    method: Mapped[int]
    seed: Mapped[str]
    given: Mapped[list[Any]]
    drawn: Mapped[list[Any]]
    at: Mapped[datetime]
