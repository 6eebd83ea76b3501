"""Rows of completed lessons; added, never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import TrainingBase


class LessonCompletionRecord(TrainingBase):
    __tablename__ = "lesson_completions"

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"), primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("training.lessons.id"), primary_key=True)
    completed_at: Mapped[datetime]
