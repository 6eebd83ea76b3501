"""Rows of lists of organisations and of applications: what became of each, and the lines that wait for their step."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase
from people.admissions.rules.applications import ApplicationState
from people.organisations.rules.employments import OrganisationKind


class OrganisationListRecord(PeopleBase):
    """What became of one list. `region_code`: of the office that brought it; null: one that acts everywhere."""

    __tablename__ = "organisation_lists"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("people.regions.code"))
    brought_by: Mapped[UUID | None]
    brought_at: Mapped[datetime]
    file_name: Mapped[str]
    file_digest: Mapped[bytes]
    taken: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    not_reached: Mapped[int]
    bad_rows: Mapped[dict[str, Any]]


class OrganisationListPartRecord(PeopleBase):
    """Lines of a list that wait for their step, from item `first` on, and what became of them."""

    __tablename__ = "organisation_list_parts"

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list[Any]]
    taken: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[dict[str, Any]]


class ApplicationRecord(PeopleBase):
    """An organisation that applies for itself. `picture` waits here for the seconds until it is put away sealed."""

    __tablename__ = "applications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code_id: Mapped[UUID] = mapped_column(ForeignKey("people.codes.id"), unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str]
    kind: Mapped[OrganisationKind]
    name: Mapped[str]
    credit_code: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("people.regions.code"))
    trade: Mapped[str | None]
    contact: Mapped[str]
    picture: Mapped[bytes | None] = mapped_column(deferred=True)
    handed_in_at: Mapped[datetime]
    state: Mapped[ApplicationState]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.organisations.id"))
