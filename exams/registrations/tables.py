"""Rows of eligibilities, bars and registrations."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from exams.registrations.rules import Outcome, State
from exams.standards.rules import Part
from kernel.db import ExamsBase


class EligibilityRecord(ExamsBase):
    """Completed training, as certification handed it down; written once, never changed."""

    __tablename__ = "eligibilities"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    granted_on: Mapped[date]
    valid_until: Mapped[date | None]
    provider_id: Mapped[UUID]
    provider_name: Mapped[str]
    teacher_ids: Mapped[list[str]]
    proof_number: Mapped[str] = mapped_column(unique=True)
    demonstration: Mapped[bool]
    accepted_at: Mapped[datetime]


class RegistrationRecord(ExamsBase):
    """One application and what became of it. `name` is the person's as it was when they applied.

    `decision` is the newest decision: the one made when they applied, or, once seated, the one for the day of the exam.
    A withdrawn registration keeps its admission number, which is never used again, but not its seat. `follows_id`: the
    registration whose sitting came to nothing, and in whose place of the queue this one stands.
    """

    __tablename__ = "registrations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    name: Mapped[str]
    qualification: Mapped[str]
    part: Mapped[Part]
    state: Mapped[State]
    earliest_on: Mapped[date]
    decision: Mapped[dict[str, Any]]
    attempt: Mapped[int]
    applied_at: Mapped[datetime]
    sitting_id: Mapped[UUID | None]
    exam_on: Mapped[date | None]
    seat: Mapped[int | None]
    admission_number: Mapped[str | None] = mapped_column(unique=True)
    seated_at: Mapped[datetime | None]
    attended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    counts_until: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    region_code: Mapped[str | None]  # where they work, or learned, when they applied
    exam_region_code: Mapped[str | None]  # where the centre lies in which they were seated
    follows_id: Mapped[UUID | None]
