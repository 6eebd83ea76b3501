"""Rows of sites, rooms, seats and staff."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from exams.centres.rules import Duty, RoomKind
from kernel.db import ExamsBase


class CentreRecord(ExamsBase):
    __tablename__ = "centres"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, Any]]
    address: Mapped[str]
    organisation_id: Mapped[UUID | None]
    region_code: Mapped[str | None]
    added_at: Mapped[datetime]


class RoomRecord(ExamsBase):
    __tablename__ = "rooms"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("exams.centres.id"))
    code: Mapped[str]
    names: Mapped[dict[str, Any]]
    kind: Mapped[RoomKind]
    rows: Mapped[int]
    columns: Mapped[int]


class SeatRecord(ExamsBase):
    __tablename__ = "seats"

    room_id: Mapped[UUID] = mapped_column(ForeignKey("exams.rooms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int]
    column: Mapped[int]
    out_of_use: Mapped[str | None]  # why nobody is seated here: the machine is broken, the place is kept free


class StaffRecord(ExamsBase):
    """One person of a centre's pool, for one duty."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("exams.centres.id"))
    person_id: Mapped[UUID]
    name: Mapped[str]
    duty: Mapped[Duty]
    qualifications: Mapped[list[str]]
    certificate_number: Mapped[str]
    certificate_until: Mapped[date | None]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
