"""When an operation is taken, and what a finished run is worth. Everything is derived by replay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from kernel.faces import Face
from simulations.apparatus.rules.extinguisher import Extinguishing
from simulations.apparatus.rules.extinguisher.operations import readable
from simulations.apparatus.rules.extinguisher.scene import arranged, read_scene
from simulations.apparatus.rules.extinguisher.sheet import Run as SheetRun
from simulations.apparatus.rules.extinguisher.sheet import deductions, vetoes
from simulations.apparatus.rules.extinguisher.view import View, presented
from simulations.apparatus.rules.extinguisher.world import World
from simulations.engine.rules import Given, Operation, Replay, replay
from simulations.runs.errors import NotSimulatedHere, PageIsBehind, RunIsOver, TooManyOperations
from simulations.scenarios.rules import ScoredSheet, Words, read_sheet, score

RunId = NewType("RunId", UUID)

OPERATIONS_AT_MOST = 1_000  # every one is replayed with all before it


class Mode(StrEnum):
    PRACTICE = "practice"
    EXAMINATION = "examination"


MODES = {Face.LEARNING: Mode.PRACTICE, Face.EXAMINATION: Mode.EXAMINATION}


def mode_of(face: Face) -> Mode:
    """Practice on the learning face, examination on the examination face. Raises NotSimulatedHere elsewhere."""
    if face not in MODES:
        raise NotSimulatedHere
    return MODES[face]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as stored: the scenario's content as it was, the seed that arranged it, when it began, what was done."""

    id: RunId
    person_id: UUID
    mode: Mode
    scenario: str
    content: Mapping[str, Any]
    seed: int
    started_at: datetime
    operations: tuple[Operation, ...]
    played: dict[int, Replay[World]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def apparatus(self) -> Extinguishing:
        return Extinguishing(arranged(read_scene(self.content["scene"]), self.seed))

    @property
    def title(self) -> Words:
        words: Words = self.content["title"]
        return words

    @property
    def seen(self) -> Words:
        words: Words = self.content["seen"]
        return words

    def elapsed_ms(self, now: datetime) -> int:
        """Milliseconds since the run began, never before its last operation: a clock set back adds no time."""
        elapsed = (now - self.started_at) // timedelta(milliseconds=1)
        return max(elapsed, self.operations[-1].at_ms if self.operations else 0, 0)

    def at(self, now: datetime) -> Replay[World]:
        """The world at a moment, with all that happened until then. Replayed once, however often a page asks."""
        until_ms = self.elapsed_ms(now)
        if until_ms not in self.played:
            self.played[until_ms] = replay(self.apparatus, self.operations, until_ms)
        return self.played[until_ms]

    def view(self, now: datetime) -> View:
        """What the candidate may see now; no class, no hidden defect, no score."""
        return presented(self.apparatus.scene, self.at(now).world)

    def is_over(self, now: datetime) -> bool:
        return self.at(now).world.ending is not None

    def scored(self, now: datetime) -> ScoredSheet:
        """The score by replay up to `now`; once the run has ended it does not change any more."""
        outcome = self.at(now)
        sheet = read_sheet(self.content["sheet"], self.scenario)
        finished = SheetRun(self.apparatus.scene, outcome.world, outcome.facts)
        return score(sheet, deductions(finished), vetoes(finished))


# What eyes and hands tell at once. Whether an agent suits the fire is not among it: that would be half the answer.
SEEN = frozenset({"part", "sound", "why", "deed", "what", "extinguisher"})


def happened(run: Run, now: datetime, latest: int | None = None) -> list[dict[str, object]]:
    """The facts of a run in order, as a candidate may be told them; only the `latest` few where that is given."""
    facts = run.at(now).facts
    return [
        {"at_ms": fact.at_ms, "name": fact.name, "about": {key: fact.about[key] for key in fact.about if key in SEEN}}
        for fact in (facts if latest is None else facts[-latest:])
    ]


def taken(run: Run, number: int, name: str, given: Given, now: datetime) -> Operation | None:
    """The operation to store, or None when it is stored already (a retry after a lost answer).

    Raises:
        OperationUnreadable: the scene knows no such operation.
        PageIsBehind: the number leaves a gap, or another page used it for something else.
        RunIsOver: the run has ended.
        TooManyOperations: a program is at work, and each further one would take longer to replay.
    """
    checked = readable(run.apparatus.scene, name, given)
    last = len(run.operations)
    if 1 <= number <= last and _is_same(run.operations, number, name, checked):
        return None
    if number != last + 1:
        raise PageIsBehind
    if run.is_over(now):
        raise RunIsOver
    if number > OPERATIONS_AT_MOST:
        raise TooManyOperations
    return Operation(number, run.elapsed_ms(now), name, checked)


def _is_same(operations: Sequence[Operation], number: int, name: str, given: Given) -> bool:
    stored = operations[number - 1]
    return stored.name == name and dict(stored.given) == dict(given)
