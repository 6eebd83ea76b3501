"""The kernel's own rows: audit, its chain and checkpoints, deliveries of announced facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Base


class AuditRecord(Base):
    """One fact, written in the transaction that made it true. No role may change or remove it."""

    __tablename__ = "audit"
    __table_args__ = {"schema": "kernel"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    face: Mapped[str]
    actor_account: Mapped[UUID | None]
    actor_person: Mapped[UUID | None]
    actor_name: Mapped[str]
    name: Mapped[str]
    subject: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]
    mac: Mapped[bytes]


class ChainRecord(Base):
    """One link: the digest of an audit row together with the digest before it."""

    __tablename__ = "audit_chain"
    __table_args__ = {"schema": "kernel"}  # noqa: RUF012

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    audit_id: Mapped[UUID] = mapped_column(unique=True)
    digest: Mapped[bytes]


class CheckpointRecord(Base):
    """A signed statement that the chain had this digest at this position."""

    __tablename__ = "audit_checkpoints"
    __table_args__ = {"schema": "kernel"}  # noqa: RUF012

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[bytes]
    at: Mapped[datetime]
    public_key: Mapped[bytes]
    signature: Mapped[bytes]


class DeliveryRecord(Base):
    """An announced fact on its way to one reaction. A face sees only its own (row-level security).

    `last_error` may hold what people typed and is for the face itself; `cause` says the same without any of it.
    """

    __tablename__ = "deliveries"
    __table_args__ = {"schema": "kernel"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str]
    reaction: Mapped[str]
    event: Mapped[str]
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    run_after: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    cause: Mapped[str | None]
    done_at: Mapped[datetime | None]
