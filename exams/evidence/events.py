from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceVerified(Event):
    NAME: ClassVar[str] = "exams.evidence_verified"

    sitting_id: UUID
    candidates: int
    differences: int
