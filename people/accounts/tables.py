"""Rows of people and accounts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Computed, FetchedValue, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase
from people.accounts.rules import DocumentKind, Sex


class PersonRecord(PeopleBase):
    """A person. Every face may read the name; the other columns are granted to those that need them, see the migration.

    They are asked for one by one, so that a query of a face which may not read one does not fail by accident.
    """

    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    sex: Mapped[Sex | None] = mapped_column(deferred=True, deferred_raiseload=True)
    birth_date: Mapped[date | None] = mapped_column(deferred=True, deferred_raiseload=True)
    phone: Mapped[str | None] = mapped_column(deferred=True, deferred_raiseload=True)
    masked_phone: Mapped[str | None] = mapped_column(
        Computed("", persisted=True), deferred=True, deferred_raiseload=True
    )
    created_at: Mapped[datetime] = mapped_column(deferred=True, deferred_raiseload=True)


class IdentityDocumentRecord(PeopleBase):
    """Kept apart from the person, so that faces which need no ID number are not even granted it."""

    __tablename__ = "identity_documents"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"), primary_key=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str]


class AccountRecord(PeopleBase):
    """A way to sign in. No face may read `password_hash`; see `queries.password_hash`."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"))
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str] = mapped_column(deferred=True, deferred_raiseload=True)
    roles: Mapped[list[str]]
    organisation_id: Mapped[UUID | None]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("people.regions.code"))  # null: everywhere
    is_demonstration: Mapped[bool]
    one_time_until: Mapped[datetime | None]  # null: the password is the holder's own choice
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class SessionRecord(PeopleBase):
    """A sign-in. Only the digest of its token is kept: reading this table lets nobody in.

    `opened_by` is the database role that opened it, and PostgreSQL's own word: a face sees its own and the registry's.
    """

    __tablename__ = "sessions"

    token_digest: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("people.accounts.id"))
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    opened_by: Mapped[str] = mapped_column(server_default=FetchedValue())


class GuessRecord(PeopleBase):
    """A sign-in that failed. Of the name only a short mark is kept: people type passwords into the wrong field."""

    __tablename__ = "guesses"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name_mark: Mapped[bytes]
    address: Mapped[str]
    at: Mapped[datetime]
