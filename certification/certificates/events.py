"""Facts about certificates."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Event):
    NAME: ClassVar[str] = "certification.certificate_issued"

    certificate_id: UUID
    application_id: UUID
    person_id: UUID
    qualification: str
    valid_from: date
    valid_until: date
    predecessor_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTakenOver(Event):
    """A certificate of an earlier register was entered; `source` says which register, and where in it."""

    NAME: ClassVar[str] = "certification.certificate_taken_over"

    certificate_id: UUID
    person_id: UUID
    qualification: str
    valid_from: date
    valid_until: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReissued(Event):
    """A certificate was given out once more, with a code of its own; `replaced_id` is the one that no longer counts."""

    NAME: ClassVar[str] = "certification.certificate_reissued"

    certificate_id: UUID
    replaced_id: UUID
    person_id: UUID
    qualification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateStatusChanged(Event):
    """A line was added to the status log: reviewed, suspended, reinstated, revoked, cancelled, replaced."""

    NAME: ClassVar[str] = "certification.certificate_status_changed"

    certificate_id: UUID
    person_id: UUID
    qualification: str
    entry: str
    effective_on: date
    reason: str
    ground: str | None
    barred_until: date | None
