"""Findings: conflicts that came to light after somebody was assigned. Only added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from exams.integrity.rules import Ground
from kernel.db import ExamsBase


class FindingRecord(ExamsBase):
    __tablename__ = "findings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    sitting_code: Mapped[str]
    person_id: Mapped[UUID]
    name: Mapped[str]
    duty: Mapped[str]
    ground: Mapped[Ground]
    candidate_id: Mapped[UUID | None]
    candidate: Mapped[str]
    provider: Mapped[str]
    found_at: Mapped[datetime]
