"""Facts about breaches."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachProposed(Event):
    NAME: ClassVar[str] = "exams.breach_proposed"

    registration_id: UUID
    sitting_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachDecided(Event):
    """`decision` is confirmed or dismissed; `reason` is that of the breach, or why it was none."""

    NAME: ClassVar[str] = "exams.breach_decided"

    registration_id: UUID
    sitting_id: UUID
    decision: str
    reason: str
