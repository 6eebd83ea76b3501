"""Facts about eligibilities."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityGranted(Event):
    NAME: ClassVar[str] = "certification.eligibility_granted"

    eligibility_id: UUID
    person_id: UUID
    qualification: str
    proof_number: str
