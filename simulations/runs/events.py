from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegun(Event):
    NAME: ClassVar[str] = "simulations.run_begun"

    run_id: UUID
    person_id: UUID
    mode: str
    scenario: str
    scenario_version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunScored(Event):
    """A run has ended. It carries no score: in an exam nobody is told one before the release, not even in the audit."""

    NAME: ClassVar[str] = "simulations.run_scored"

    run_id: UUID
    person_id: UUID
    mode: str
    scenario: str
    operations: int
