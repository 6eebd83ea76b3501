"""Rows of files. A face sees those whose purpose it keeps or may read (row-level security)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import KernelBase


class FileRecord(KernelBase):
    """A file in the store of its purpose, under `digest`: SHA-256 of the `stored` bytes that lie there.

    `size` is that of its content. `format` is of the sealed layout; null: it lies there as it is. `touched_at` is when
    somebody last took it up or let go of it.
    """

    __tablename__ = "files"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    role: Mapped[str]
    digest: Mapped[bytes]
    size: Mapped[int] = mapped_column(BigInteger)
    stored: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    format: Mapped[int | None]
    kept_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(server_default=FetchedValue())


class FileReferenceRecord(KernelBase):
    """Somebody's file: `of` is whose (a person, a certificate, a lesson), `name` tells several of theirs apart."""

    __tablename__ = "file_references"

    purpose: Mapped[str] = mapped_column(primary_key=True)
    of: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[UUID]
    referred_at: Mapped[datetime]
