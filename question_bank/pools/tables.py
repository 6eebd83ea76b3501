"""The views through which testing sees the bank: versions that were approved once and who is behind them, no more."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import QuestionBankBase
from question_bank.review.rules import State


class ApprovedVersionRecord(QuestionBankBase):
    """A row of the view; it cannot be written."""

    __tablename__ = "approved_versions"
    __table_args__ = ({"info": {"is_view": True}},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bank: Mapped[str]
    reference: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    point: Mapped[str]
    content_digest: Mapped[str]
    sealed: Mapped[bytes]
    state: Mapped[State]


class PersonBehindRecord(QuestionBankBase):
    """Somebody who took a step on this version or on an earlier one of the same question. A row of a view."""

    __tablename__ = "people_behind"
    __table_args__ = ({"info": {"is_view": True}},)

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
