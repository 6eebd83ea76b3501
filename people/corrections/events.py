"""Facts about corrections. Of phone and ID numbers the audit keeps what screens show of them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsCorrected(Event):
    NAME: ClassVar[str] = "people.particulars_corrected"

    person_id: UUID
    name_before: str
    name: str
    phone_before: str
    phone: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdNumberCorrected(Event):
    NAME: ClassVar[str] = "people.id_number_corrected"

    person_id: UUID
    before: str
    after: str
    reason: str
