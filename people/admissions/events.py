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
