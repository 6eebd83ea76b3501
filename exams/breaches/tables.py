"""Rows of breaches: found, decided once, and then history."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from exams.breaches.rules import Decision
from kernel.db import ExamsBase


class BreachRecord(ExamsBase):
    """Of those of one registration at most one is not dismissed; a unique index and a trigger see to both.

    `decided_because` says why a breach was dismissed.
    """

    __tablename__ = "breaches"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    reason: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    decision: Mapped[Decision | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_because: Mapped[str | None]
