"""Facts about first sign-ins."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSignedIn(Event):
    """Somebody has come in for an organisation with a code that went to its telephone."""

    NAME: ClassVar[str] = "people.first_signed_in"

    organisation_id: UUID
    person_id: UUID
    code_id: UUID
