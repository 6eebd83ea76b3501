"""The kernel's own rows: audit, its chain and checkpoints, signing keys, sealed bytes, deliveries of facts."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import ExamsBase, KernelBase, PeopleBase, QuestionBankBase


class InstallationRecord(KernelBase):
    """What this installation is, for ever: see `kernel.founding`. There is one row, or none yet."""

    __tablename__ = "installation"

    site: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    founded_at: Mapped[datetime]


class AuditNumberRecord(KernelBase):
    """The last number that a face was given for its audit rows: how many at once, when, in which transaction.

    It only rises, by the rows that follow it. All but `last` is set by the database.
    """

    __tablename__ = "audit_numbers"

    face: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    work: Mapped[int] = mapped_column(BigInteger)


class AuditRecord(KernelBase):
    """One fact, written in the transaction that made it true. No role may change or remove it.

    `at` is the moment of the deed by the program's clock, `written_at` that of its writing by the database's.
    """

    __tablename__ = "audit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    format: Mapped[int]
    site: Mapped[str]
    number: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    written_at: Mapped[datetime]
    face: Mapped[str]
    actor_account: Mapped[UUID | None]
    actor_person: Mapped[UUID | None]
    actor_name: Mapped[str]
    name: Mapped[str]
    subject: Mapped[UUID | None]
    fact_format: Mapped[int]
    facts: Mapped[dict[str, Any]]
    key_id: Mapped[str]
    mac: Mapped[bytes]


class LinkState(StrEnum):
    """What the sealer found at a number."""

    WHOLE = "whole"
    REFUSED = "refused"  # a row that nobody vouches for
    MISSING = "missing"  # the number was given, and there is no row


class ChainRecord(KernelBase):
    """One link: the digest of what stood at a number of a face together with the digest before it."""

    __tablename__ = "audit_chain"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    face: Mapped[str]
    number: Mapped[int] = mapped_column(BigInteger)
    audit_id: Mapped[UUID | None] = mapped_column(unique=True)
    state: Mapped[LinkState]
    digest: Mapped[bytes]


class CheckpointRecord(KernelBase):
    """A signed statement that the chain had this digest at this position."""

    __tablename__ = "audit_checkpoints"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    format: Mapped[int]
    site: Mapped[str]
    digest: Mapped[bytes]
    at: Mapped[datetime]
    algorithm: Mapped[str]
    key_id: Mapped[str]
    signature: Mapped[bytes]


class SigningKeyRecord(KernelBase):
    """A signing key's public half, since when it signs, and whom it follows; see `keys.succession`."""

    __tablename__ = "signing_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    algorithm: Mapped[str]
    public: Mapped[bytes]
    begins_at: Mapped[datetime]
    predecessor: Mapped[str | None] = mapped_column(ForeignKey("kernel.signing_keys.id"), unique=True)
    by_itself: Mapped[bytes]
    by_predecessor: Mapped[bytes | None]


class SealedColumns:
    """The thing `what` of the owner `of`, sealed with one key. `digest` is SHA-256 of the sealed bytes.

    Sealed bytes stand apart from what they belong to, so that sealing them anew touches no row of history: a row is
    added, and the old one taken out once the new one was opened and compared.
    """

    what: Mapped[str] = mapped_column(primary_key=True)
    of: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    digest: Mapped[bytes]
    sealed_at: Mapped[datetime]


class SealedQuestionRecord(SealedColumns, QuestionBankBase):
    __tablename__ = "sealed"


class SealedPaperRecord(SealedColumns, ExamsBase):
    __tablename__ = "sealed"


class SealedRowsRecord(SealedColumns, PeopleBase):
    __tablename__ = "sealed"


class FileKeyRecord(SealedColumns, KernelBase):
    """The own key of a file, sealed with that of its purpose: `what` is the purpose of the key, `of` the file."""

    __tablename__ = "file_keys"


class DeliveryRecord(KernelBase):
    """An announced fact on its way to one reaction. A face sees only its own (row-level security).

    `last_error` may hold what people typed and is for the face itself; `cause` says the same without any of it.
    """

    __tablename__ = "deliveries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str]
    reaction: Mapped[str]
    event: Mapped[str]
    format: Mapped[int]
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    run_after: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    cause: Mapped[str | None]
    done_at: Mapped[datetime | None]


class LockRecord(KernelBase):
    """A name under which one role is alone, or was once. Functions of the database write it; see `kernel.locks`."""

    __tablename__ = "locks"

    role: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(server_default=FetchedValue())
