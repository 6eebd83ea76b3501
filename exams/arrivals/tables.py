"""Rows of the door."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import ExamsBase


class CheckInRecord(ExamsBase):
    """The invigilator has compared person, identity card and photo. `seat` is where the candidate really sits."""

    __tablename__ = "check_ins"
    __table_args__ = (UniqueConstraint("sitting_id", "seat"),)

    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    person_id: Mapped[UUID]
    seat: Mapped[int]
    by_person_id: Mapped[UUID]
    at: Mapped[datetime]
    let_in_late_because: Mapped[str | None]
