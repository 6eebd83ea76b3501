"""Rows of enrolments. The hours required are pinned here: a later outline does not move the goal of a course begun."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import TrainingBase
from training.outlines.rules import TrainingKind


class EnrolmentRecord(TrainingBase):
    __tablename__ = "enrolments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("training.courses.id"))
    qualification: Mapped[str]
    training_kind: Mapped[TrainingKind]
    outline: Mapped[str]
    outline_version: Mapped[int]
    hours_required: Mapped[Decimal]
    hour_ms: Mapped[int] = mapped_column(BigInteger)
    daily_cap_hours: Mapped[int]
    is_demonstration: Mapped[bool]
    provider_id: Mapped[UUID]
    provider_name: Mapped[str]
    enrolled_by: Mapped[UUID | None]
    enrolled_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_reason: Mapped[str | None]
    completed_at: Mapped[datetime | None]
    completed_on: Mapped[date | None]
    hours_credited: Mapped[Decimal | None]


class EnrolmentTeacherRecord(TrainingBase):
    __tablename__ = "enrolment_teachers"

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"), primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)
