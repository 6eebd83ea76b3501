"""Rows of organisations, their posts, who works there, and their imports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase
from people.organisations.rules.employments import OrganisationKind


class OrganisationRecord(PeopleBase):
    __tablename__ = "organisations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind]
    name: Mapped[str]
    credit_code: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("people.regions.code"))
    trade: Mapped[str | None]  # what it does, in the words of whoever registered it
    phone: Mapped[str | None]  # of whoever speaks for it
    is_demonstration: Mapped[bool]
    created_at: Mapped[datetime]


class PostRecord(PeopleBase):
    """A post of one enterprise under its own name; what it demands follows from its kind, by date."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("people.organisations.id"))
    name: Mapped[str]
    kind: Mapped[str]


class EmploymentRecord(PeopleBase):
    """One person's time at one enterprise. At most one of a person's at one enterprise is open."""

    __tablename__ = "employments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.persons.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("people.organisations.id"))
    post_id: Mapped[UUID] = mapped_column(ForeignKey("people.posts.id"))
    post_since: Mapped[date]
    hired_on: Mapped[date]
    migrant_worker: Mapped[bool]
    injury_insurance: Mapped[bool]
    left_on: Mapped[date | None]
    created_at: Mapped[datetime]


class StaffImportRecord(PeopleBase):
    """What became of one uploaded list; `bad_rows` holds the rows that were not taken, as screens show them.

    What was typed in them is kept sealed (`kernel.sealed`), as the `staff_import_rows` of the import.
    """

    __tablename__ = "staff_imports"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("people.organisations.id"))
    imported_by: Mapped[UUID | None]
    imported_at: Mapped[datetime]
    file_name: Mapped[str]
    file_digest: Mapped[bytes]
    taken: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    not_reached: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[dict[str, Any]]


class StaffListPartRecord(PeopleBase):
    """Lines of a long list that wait sealed for their step, from item `first` on, and what became of them."""

    __tablename__ = "staff_list_parts"

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[bytes | None]
    taken: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[bytes | None]
