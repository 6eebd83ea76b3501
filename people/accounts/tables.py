"""Rows of people and accounts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import FetchedValue, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Base
from people.accounts.rules import DocumentKind, Sex


class PersonRecord(Base):
    __tablename__ = "persons"
    __table_args__ = {"schema": "people"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    sex: Mapped[Sex | None]
    birth_date: Mapped[date | None]
    phone: Mapped[str | None]
    created_at: Mapped[datetime]


class IdentityDocumentRecord(Base):
    """Kept apart from the person, so that faces which need no ID number are not even granted it."""

    __tablename__ = "identity_documents"
    __table_args__ = (UniqueConstraint("kind", "number"), {"schema": "people"})

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"), primary_key=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str]


class PhotoRecord(Base):
    __tablename__ = "photos"
    __table_args__ = {"schema": "people"}  # noqa: RUF012

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"), primary_key=True)
    jpeg: Mapped[bytes]
    taken_at: Mapped[datetime]


class AccountRecord(Base):
    __tablename__ = "accounts"
    __table_args__ = {"schema": "people"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"))
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    roles: Mapped[list[str]]
    organisation_id: Mapped[UUID | None]
    is_demonstration: Mapped[bool]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class SessionRecord(Base):
    """A sign-in. Only the digest of its token is kept: reading this table lets nobody in.

    `opened_by` is the database role that opened it, and PostgreSQL's own word: a face sees its own and the registry's.
    """

    __tablename__ = "sessions"
    __table_args__ = {"schema": "people"}  # noqa: RUF012

    token_digest: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("people.accounts.id"))
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    opened_by: Mapped[str] = mapped_column(server_default=FetchedValue())


class GuessRecord(Base):
    """A sign-in that failed."""

    __tablename__ = "guesses"
    __table_args__ = {"schema": "people"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
