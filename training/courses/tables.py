"""Rows of courses and lessons. A published version is never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import TrainingBase


class CourseRecord(TrainingBase):
    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[int]
    qualification: Mapped[str]
    names: Mapped[dict[str, Any]]
    summary: Mapped[dict[str, Any]]
    units: Mapped[list[Any]]
    digest: Mapped[bytes]
    published_at: Mapped[datetime]


class LessonRecord(TrainingBase):
    __tablename__ = "lessons"
    __table_args__ = (
        UniqueConstraint("course_id", "code"),
        UniqueConstraint("course_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("training.courses.id"))
    position: Mapped[int]
    code: Mapped[str]
    titles: Mapped[dict[str, Any]]
    unit: Mapped[str]
    minutes: Mapped[int]
    body: Mapped[str]
    checks: Mapped[list[Any]]
    video: Mapped[dict[str, Any] | None]
    folder: Mapped[str]
