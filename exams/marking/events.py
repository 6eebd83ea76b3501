"""Facts of marking."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCollected(Event):
    """The room is closed: no breach is found any more, and what was answered can be marked."""

    NAME: ClassVar[str] = "exams.paper_collected"

    attempt_id: UUID
    sitting_id: UUID
