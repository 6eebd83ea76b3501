"""Rows of results with their revisions, of releases and re-checks. Only added."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from exams.standards.rules import Part
from kernel.db import ExamsBase


class ResultColumns:
    """`reference_id` is the attempt or the practical behind it, `method` how it was marked.

    `corrections`: what a re-check added to that (`rules.Corrections`). `revision` 1 is the first; each later one names
    the one before (`supersedes`) and says why. `weak_points`: [{"point", "share"}].
    """

    id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID]
    revision: Mapped[int]
    supersedes: Mapped[UUID | None]
    because: Mapped[str | None]
    reference_id: Mapped[UUID | None]
    method: Mapped[int]
    corrections: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    part: Mapped[Part]
    sitting_id: Mapped[UUID]
    attempt: Mapped[int]
    score: Mapped[Decimal]
    pass_mark: Mapped[Decimal]
    passed: Mapped[bool]
    cancelled: Mapped[bool]
    weak_points: Mapped[list[Any]]
    taken_on: Mapped[date]
    counts_until: Mapped[date | None]
    recorded_at: Mapped[datetime]


class ResultRecord(ResultColumns, ExamsBase):
    """Every revision of every result, the first as well."""

    __tablename__ = "results"


class CurrentResultRecord(ResultColumns, ExamsBase):
    """A view: of each result the revision that counts."""

    __tablename__ = "current_results"


class ReleaseRecord(ExamsBase):
    """`prepared_id`: the deed by two people that released it; who signed stands there."""

    __tablename__ = "releases"

    result_id: Mapped[UUID] = mapped_column(ForeignKey("exams.results.id"), primary_key=True)
    prepared_id: Mapped[UUID] = mapped_column(ForeignKey("kernel.prepared_deeds.id"))
    released_at: Mapped[datetime]


class RecheckRecord(ExamsBase):
    """A candidate's request to have a result looked at again (复核)."""

    __tablename__ = "rechecks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("exams.results.id"), unique=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime]


class RecheckAnswerRecord(ExamsBase):
    __tablename__ = "recheck_answers"

    recheck_id: Mapped[UUID] = mapped_column(ForeignKey("exams.rechecks.id"), primary_key=True)
    note: Mapped[str]
    answered_at: Mapped[datetime]
    answered_by: Mapped[UUID | None]
