"""Facts about applications."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationOpened(Event):
    """Every part is passed; the application waits for the officer."""

    NAME: ClassVar[str] = "certification.application_opened"

    application_id: UUID
    person_id: UUID
    qualification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReopened(Event):
    """A refusal no longer stands; the application waits to be decided anew."""

    NAME: ClassVar[str] = "certification.application_reopened"

    application_id: UUID
    person_id: UUID
    qualification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRefused(Event):
    NAME: ClassVar[str] = "certification.application_refused"

    application_id: UUID
    person_id: UUID
    qualification: str
    reason: str
