"""Rows of an attempt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from exams.attempts.rules import Act, State
from kernel.db import ExamsBase


class AttemptRecord(ExamsBase):
    """It is there from the check-in on, ready; the start changes this one row.

    `desk_digest` is the digest of the token of the one place where the paper may be worked on; None frees it.
    """

    __tablename__ = "attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    registration_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID]
    paper_id: Mapped[UUID]
    admission_number: Mapped[str]
    state: Mapped[State]
    started_at: Mapped[datetime | None]
    minutes: Mapped[int]
    extra_minutes: Mapped[int]
    deadline: Mapped[datetime | None]
    shape: Mapped[list[Any]]
    desk_digest: Mapped[bytes | None]
    closed_at: Mapped[datetime | None]
    receipt: Mapped[str | None]


class StepRecord(ExamsBase):
    """Only added, never changed: a trigger refuses. `answer` is canonical JSON of at most 2 kB; a look has "null"."""

    __tablename__ = "attempt_steps"

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int]
    act: Mapped[Act]
    answer: Mapped[str]
    flagged: Mapped[bool]
    page_ms: Mapped[int]
    at: Mapped[datetime]


class ContactRecord(ExamsBase):
    """When the candidate's page was last heard of. Losing one of these rows loses nothing."""

    __tablename__ = "attempt_contacts"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("exams.attempts.id"), primary_key=True)
    at: Mapped[datetime]
