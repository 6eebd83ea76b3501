"""Rows of bars and of what lifted them; neither is ever changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from exams.bars.rules import Ground
from kernel.db import ExamsBase


class BarRecord(ExamsBase):
    """No exam until the day `until`; written once, never changed."""

    __tablename__ = "bars"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    ground: Mapped[Ground]
    reason: Mapped[str]
    begins: Mapped[date]
    until: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    region_code: Mapped[str | None]  # of the office that set it; null: one that acts everywhere


class BarLiftRecord(ExamsBase):
    """That a bar was lifted before its day, and why; once a bar."""

    __tablename__ = "bar_lifts"

    bar_id: Mapped[UUID] = mapped_column(ForeignKey("exams.bars.id"), primary_key=True)
    reason: Mapped[str]
    lifted_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None]
