"""Rows of classes and attendance; added, never changed. A wrong one is struck out by another row."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import TrainingBase
from training.classes.rules import Part


class ClassRecord(TrainingBase):
    __tablename__ = "classes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID]
    qualification: Mapped[str]
    part: Mapped[Part]
    subject: Mapped[str]
    place: Mapped[str]
    held_on: Mapped[date]
    begins: Mapped[time | None]
    hours: Mapped[Decimal]
    teacher_id: Mapped[UUID]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]


class AttendanceRecord(TrainingBase):
    __tablename__ = "attendances"

    class_id: Mapped[UUID] = mapped_column(ForeignKey("training.classes.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"), primary_key=True)


class AttendanceStrikeRecord(TrainingBase):
    """An attendance that was recorded wrongly: it stays readable and counts no more."""

    __tablename__ = "attendance_strikes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_id", "enrolment_id"], ["training.attendances.class_id", "training.attendances.enrolment_id"]
        ),
    )

    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    reason: Mapped[str]
    struck_by: Mapped[UUID | None]
    struck_at: Mapped[datetime]


class CountedAttendance(TrainingBase):
    """A view: attendances that were not struck out, with person and class."""

    __tablename__ = "counted_attendances"

    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    held_on: Mapped[date]
    begins: Mapped[time | None]
    part: Mapped[Part]
    hours: Mapped[Decimal]
