"""Rows of practicals. Everything here is only added; what holds now is folded from it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from exams.practicals.rules import Ending, Signer
from kernel.db import ExamsBase


class PracticalRecord(ExamsBase):
    """One candidate's practical. Its secret is kept sealed; its commitment was announced before anything was drawn."""

    __tablename__ = "practicals"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(unique=True)
    sitting_id: Mapped[UUID]
    person_id: Mapped[UUID]
    name: Mapped[str]
    admission_number: Mapped[str] = mapped_column(unique=True)
    qualification: Mapped[str]
    attempt: Mapped[int]
    standard_version: Mapped[int]
    held_on: Mapped[date]
    commitment: Mapped[str]
    opened_at: Mapped[datetime]


class PracticalExaminerRecord(ExamsBase):
    """`place` is 1 or 2: which of the two sheets this person writes. The last `turn` of a place examines.

    `because` says why somebody came into the place of another; it is empty for the first.
    """

    __tablename__ = "practical_examiners"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    name: Mapped[str]
    because: Mapped[str]


class PracticalDrawRecord(ExamsBase):
    """What the items were drawn from, and digests of both. Written once, with the items."""

    __tablename__ = "practical_draws"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    method: Mapped[int]
    pool: Mapped[dict[str, Any]]
    pool_digest: Mapped[str]
    items_digest: Mapped[str]
    drawn_at: Mapped[datetime]


class PracticalItemRecord(ExamsBase):
    """The drawn item of one subject; `scene_seed` for one that is simulated."""

    __tablename__ = "practical_items"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str]
    scene_seed: Mapped[Decimal | None]


class PracticalRunRecord(ExamsBase):
    """The simulation run that is the evidence of a simulated item. One, and no second."""

    __tablename__ = "practical_runs"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(unique=True)
    begun_at: Mapped[datetime]


class PracticalStepRecord(ExamsBase):
    """One step of one examiner's sheet. `id` comes with the form, so that the same tap sent twice is one step."""

    __tablename__ = "practical_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"))
    subject: Mapped[str]
    place: Mapped[int]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    examiner_id: Mapped[UUID]
    at: Mapped[datetime]


class PracticalSignatureRecord(ExamsBase):
    """`digest` is of what was signed. A refusal is the candidate's, noted by an examiner with what was said."""

    __tablename__ = "practical_signatures"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    signer: Mapped[Signer] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    noted_by: Mapped[UUID]
    is_refusal: Mapped[bool]
    reason: Mapped[str]
    digest: Mapped[str]
    at: Mapped[datetime]


class PracticalOutcomeRecord(ExamsBase):
    """How it ended. From here on the secret of the draw is no secret (hexadecimal).

    `content` of format 2 has a salt, see `rules.outcome_digest`.
    """

    __tablename__ = "practical_outcomes"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    total: Mapped[Decimal]
    pass_mark: Mapped[Decimal]
    is_vetoed: Mapped[bool]
    is_passed: Mapped[bool]
    content: Mapped[dict[str, Any]]
    secret: Mapped[str]
    finished_at: Mapped[datetime]


class PracticalEndingRecord(ExamsBase):
    """The exam office ended a practical before its last signature. From here on the secret of the draw is no secret."""

    __tablename__ = "practical_endings"

    practical_id: Mapped[UUID] = mapped_column(ForeignKey("exams.practicals.id"), primary_key=True)
    ending: Mapped[Ending]
    reason: Mapped[str]
    ended_by: Mapped[UUID]
    ended_by_name: Mapped[str]
    secret: Mapped[str]
    ended_at: Mapped[datetime]
