"""Facts about organisations and who works for them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRegistered(Event):
    NAME: ClassVar[str] = "people.organisation_registered"

    organisation_id: UUID
    kind: str
    name: str
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdded(Event):
    NAME: ClassVar[str] = "people.post_added"

    post_id: UUID
    organisation_id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffImported(Event):
    NAME: ClassVar[str] = "people.staff_imported"

    import_id: UUID
    organisation_id: UUID
    taken: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentBegan(Event):
    NAME: ClassVar[str] = "people.employment_began"

    employment_id: UUID
    person_id: UUID
    organisation_id: UUID
    post_id: UUID
    post_kind: str
    hired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChanged(Event):
    NAME: ClassVar[str] = "people.post_changed"

    employment_id: UUID
    person_id: UUID
    organisation_id: UUID
    from_post_id: UUID
    post_id: UUID
    post_kind: str
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceRecorded(Event):
    NAME: ClassVar[str] = "people.insurance_recorded"

    employment_id: UUID
    person_id: UUID
    organisation_id: UUID
    injury_insurance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrantStatusRecorded(Event):
    NAME: ClassVar[str] = "people.migrant_status_recorded"

    employment_id: UUID
    person_id: UUID
    organisation_id: UUID
    migrant_worker: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentEnded(Event):
    NAME: ClassVar[str] = "people.employment_ended"

    employment_id: UUID
    person_id: UUID
    organisation_id: UUID
    left_on: date
