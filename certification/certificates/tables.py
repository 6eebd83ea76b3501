"""Certificates and their status log. Every row is written once and never changed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from certification.certificates.rules.genuine import Over
from certification.certificates.rules.states import Entry
from kernel.db import CertificationBase
from people.accounts.rules import Sex
from people.positions.rules import Position


class CertificateRecord(CertificationBase):
    """A certificate as issued. `facts` is its face as signed; `lookup_digest` finds it by number and name."""

    __tablename__ = "certificates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    public_code: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID | None] = mapped_column(unique=True)  # None: taken over from an earlier register
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("certification.certificates.id"), unique=True)
    reissue_of: Mapped[UUID | None] = mapped_column(ForeignKey("certification.certificates.id"), unique=True)
    person_id: Mapped[UUID]
    number: Mapped[str]
    lookup_digest: Mapped[bytes]
    qualification: Mapped[str]
    position: Mapped[Position]
    name: Mapped[str]
    sex: Mapped[Sex]
    category: Mapped[str]
    item: Mapped[str]
    category_en: Mapped[str]
    item_en: Mapped[str]
    first_issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    regime: Mapped[str]
    review_on: Mapped[date | None]
    authority_id: Mapped[UUID]
    authority: Mapped[str]
    demonstration: Mapped[bool]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID]
    region_code: Mapped[str | None]  # where its holder worked when it was issued, else that of the authority
    facts: Mapped[dict[str, Any]]


class SignatureRecord(CertificationBase):
    """One signature of the registry over a certificate's facts, or over what strangers are shown of it.

    Rows, not a column: a second algorithm may stand beside the first. `format` is of what was signed.
    """

    __tablename__ = "signatures"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certification.certificates.id"), primary_key=True)
    over: Mapped[Over] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[int]
    algorithm: Mapped[str]
    signature: Mapped[bytes]
    signed_at: Mapped[datetime]


class StatusRecord(CertificationBase):
    __tablename__ = "status_log"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certification.certificates.id"))
    entry: Mapped[Entry]
    effective_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID]
    reason: Mapped[str | None]
    ground: Mapped[str | None]
    barred_until: Mapped[date | None]
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("certification.certificates.id"))
