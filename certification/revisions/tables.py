"""Revisions of results that counted as passed. Only added."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from exams.standards.rules import Part
from kernel.db import CertificationBase


class RevisionRecord(CertificationBase):
    """`result_id` took the place of `supersedes`, a part that was taken as passed."""

    __tablename__ = "result_revisions"

    result_id: Mapped[UUID] = mapped_column(primary_key=True)
    supersedes: Mapped[UUID] = mapped_column(ForeignKey("certification.passed_parts.result_id"))
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    part: Mapped[Part]
    revision: Mapped[int]
    was: Mapped[Decimal]
    score: Mapped[Decimal]
    passed: Mapped[bool]
    released_at: Mapped[datetime]
