"""Facts about bars."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBarred(Event):
    NAME: ClassVar[str] = "exams.person_barred"

    bar_id: UUID
    person_id: UUID
    until: date
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarLifted(Event):
    NAME: ClassVar[str] = "exams.bar_lifted"

    bar_id: UUID
    person_id: UUID
    reason: str
