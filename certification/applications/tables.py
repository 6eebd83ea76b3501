"""Passed parts, applications, decisions and what opened them again. Every row is written once and never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exams.standards.rules import Part
from kernel.db import CertificationBase


class PassedPartRecord(CertificationBase):
    __tablename__ = "passed_parts"

    result_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    part: Mapped[Part]
    score: Mapped[Decimal]
    pass_mark: Mapped[Decimal]
    taken_on: Mapped[date]
    counts_until: Mapped[date]
    released_at: Mapped[datetime]


class ApplicationRecord(CertificationBase):
    """A person who has passed everything and waits for the officer."""

    __tablename__ = "applications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    theory_result_id: Mapped[UUID] = mapped_column(ForeignKey("certification.passed_parts.result_id"))
    practical_result_id: Mapped[UUID | None] = mapped_column(ForeignKey("certification.passed_parts.result_id"))
    eligibility_id: Mapped[UUID | None] = mapped_column(ForeignKey("certification.eligibilities.id"))
    opened_at: Mapped[datetime]
    region_code: Mapped[str | None]  # where the person works, or learned


class DecisionRecord(CertificationBase):
    """The decision of one round; it stands until the application is opened again. The first round is 1."""

    __tablename__ = "decisions"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("certification.applications.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    approved: Mapped[bool]
    reason: Mapped[str | None]
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID]
    authority_id: Mapped[UUID | None]  # None: decided before authorities were noted


class ReopeningRecord(CertificationBase):
    """That a refusal no longer stands, and why; `round` is that of the refusal."""

    __tablename__ = "reopenings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["application_id", "round"], ["certification.decisions.application_id", "certification.decisions.round"]
        ),
    )

    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    reopened_at: Mapped[datetime]
    reopened_by: Mapped[UUID]
