"""Rows of prepared deeds, of those who confirmed them, and of their ends. Only added; a face sees its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import KernelBase
from kernel.two_people.rules import How


class PreparedRecord(KernelBase):
    """`arguments` carry their format; `says`: [{"text", "data"}]; `digest`: of what it says and rests on."""

    __tablename__ = "prepared_deeds"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str]
    deed: Mapped[str]
    about: Mapped[UUID]
    arguments: Mapped[dict[str, Any]]
    says: Mapped[list[Any]]
    digest: Mapped[bytes]
    signatures: Mapped[int]
    prepared_by: Mapped[UUID]
    account_id: Mapped[UUID | None]
    name: Mapped[str]
    prepared_at: Mapped[datetime]
    until: Mapped[datetime]


class SignatureRecord(KernelBase):
    """Somebody other than the preparer who stands for it."""

    __tablename__ = "deed_signatures"

    prepared_id: Mapped[UUID] = mapped_column(ForeignKey("kernel.prepared_deeds.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None]
    name: Mapped[str]
    signed_at: Mapped[datetime]


class EndRecord(KernelBase):
    """A prepared deed ends once."""

    __tablename__ = "deed_ends"

    prepared_id: Mapped[UUID] = mapped_column(ForeignKey("kernel.prepared_deeds.id"), primary_key=True)
    how: Mapped[How]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    because: Mapped[str]
    ended_at: Mapped[datetime]
