"""Eligibilities: written once, never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Sequence
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import CertificationBase

PROOF_NUMBERS = Sequence("proof_numbers", schema="certification", metadata=CertificationBase.metadata)


class EligibilityRecord(CertificationBase):
    __tablename__ = "eligibilities"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID]
    qualification: Mapped[str]
    outline: Mapped[str]
    outline_name: Mapped[str | None]  # None: granted before the fact of training carried it
    outline_version: Mapped[int]
    training_kind: Mapped[str]
    hours_required: Mapped[Decimal]
    hours_credited: Mapped[Decimal]
    started_on: Mapped[date]
    completed_on: Mapped[date]
    provider_id: Mapped[UUID]
    provider_name: Mapped[str]
    teacher_ids: Mapped[list[str]]
    proof_number: Mapped[str] = mapped_column(unique=True)
    demonstration: Mapped[bool]
    granted_at: Mapped[datetime]
