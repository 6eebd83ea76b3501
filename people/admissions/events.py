"""Facts about how organisations came in."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsListed(Event):
    """A list of organisations is in."""

    NAME: ClassVar[str] = "people.organisations_listed"

    list_id: UUID
    taken: int
    unchanged: int
    refused: int
    not_reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationApplied(Event):
    """The application of an organisation is with the office of its region."""

    NAME: ClassVar[str] = "people.organisation_applied"

    application_id: UUID
    kind: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAdmitted(Event):
    NAME: ClassVar[str] = "people.organisation_admitted"

    application_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationNotAdmitted(Event):
    NAME: ClassVar[str] = "people.organisation_not_admitted"

    application_id: UUID
    reason: str
