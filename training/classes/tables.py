"""Rows of classes and attendance; added, never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Base
from training.classes.rules import Part


class ClassRecord(Base):
    __tablename__ = "classes"
    __table_args__ = {"schema": "training"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID]
    qualification: Mapped[str]
    part: Mapped[Part]
    subject: Mapped[str]
    place: Mapped[str]
    held_on: Mapped[date]
    hours: Mapped[Decimal]
    teacher_id: Mapped[UUID]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]


class AttendanceRecord(Base):
    __tablename__ = "attendances"
    __table_args__ = {"schema": "training"}  # noqa: RUF012

    class_id: Mapped[UUID] = mapped_column(ForeignKey("training.classes.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"), primary_key=True)
