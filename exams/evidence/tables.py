"""A view, not a table: the rows of the audit that exams wrote itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import ExamsBase


class AnnouncedRecord(ExamsBase):
    """What exams announced of attempts, sheets, practicals and results; `position` None while it is not sealed."""

    __tablename__ = "announced"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[UUID | None]
    name: Mapped[str]
    facts: Mapped[dict[str, Any]]
    position: Mapped[int | None] = mapped_column(BigInteger)
