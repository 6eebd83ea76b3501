"""Rows of marking."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import ExamsBase


class MarksRecord(ExamsBase):
    """That an attempt was marked: the first time counts.

    What each question earned, and who or what said so, stands sealed (`scoring.rules.Marks.canonical_bytes`): beside
    the plain answers it would tell the right ones.
    """

    __tablename__ = "attempt_marks"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("exams.attempts.id"), primary_key=True)
    marked_at: Mapped[datetime]
