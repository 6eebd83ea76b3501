"""Facts about conflicts of interest."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFound(Event):
    """A conflict came to light after the person was put on duty."""

    NAME: ClassVar[str] = "exams.conflict_found"

    finding_id: UUID
    sitting_id: UUID
    person_id: UUID
    ground: str
    candidate_id: UUID | None
