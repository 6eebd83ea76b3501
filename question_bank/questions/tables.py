"""Rows of questions, their versions and the steps of their review.

What a version says is kept sealed (`kernel.sealed`): the canonical bytes of its `Question`, as the `version` of the
version's id. The plain columns here are what lists, filters and draws need and give nothing away.
"""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import QuestionBankBase
from question_bank.questions.rules import Depth
from question_bank.review.rules import State


class QuestionRecord(QuestionBankBase):
    """A question through all its versions; `reference` is permanent and never used again."""

    __tablename__ = "questions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bank: Mapped[str]
    reference: Mapped[str]
    opened_at: Mapped[datetime]


class VersionRecord(QuestionBankBase):
    __tablename__ = "versions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question_bank.questions.id"))
    number: Mapped[int]
    kind: Mapped[str]
    point: Mapped[str]
    depth: Mapped[Depth]
    difficulty: Mapped[Decimal]
    content_digest: Mapped[str]
    state: Mapped[State]
    author_id: Mapped[UUID]
    reviewer_id: Mapped[UUID | None]
    approver_id: Mapped[UUID | None]
    written_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]


class ReviewStepRecord(QuestionBankBase):
    """Who did what to a version, in order.

    What they said is sealed with the questions' key, as the `remark` of the step's id: it often quotes the question and
    its key. `remark` is empty, except in steps that are older than the seal; they are never changed.
    """

    __tablename__ = "review_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("question_bank.versions.id"))
    deed: Mapped[str]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(default="")
