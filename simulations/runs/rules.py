"""When an operation is taken, and what a finished run is worth. Everything is derived by replay."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any, NewType
from uuid import UUID

from kernel.faces import Face
from kernel.names import Names
from simulations.apparatus.rules.models import Model, model_of
from simulations.engine.rules import Checkpoint, Given, Operation, Replay, replay
from simulations.runs.errors import NotSimulatedHere, PageIsBehind, RunIsOver, TooManyOperations
from simulations.scenarios.rules import ScoredSheet, read_sheet, score

View = dict[str, object]
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


class Memory:
    """What a process has replayed lately, so that a page that asks each second is not answered from the beginning.

    It decides nothing: a checkpoint is used only where its operations are the run's own, a score is always replayed
    from the beginning, and a process that remembers nothing comes to the same outcome. Two checkpoints are kept a run,
    one at the last operation and one where it was last looked at; the stamp of another process may lie between them.
    """

    def __init__(self, runs_at_most: int = 500) -> None:
        self._runs_at_most = runs_at_most
        self._kept: OrderedDict[UUID, tuple[Checkpoint[Any], ...]] = OrderedDict()
        self._changing = Lock()

    def nearest(self, run_id: UUID, operations: Sequence[Operation], until_ms: int) -> Checkpoint[Any] | None:
        """The latest checkpoint that leads to this."""
        leading = [each for each in self._kept.get(run_id, ()) if each.leads_to(operations, until_ms)]
        return max(leading, key=lambda each: (len(each.operations), each.at_ms), default=None)

    def keep(self, run_id: UUID, *checkpoints: Checkpoint[Any]) -> None:
        """Remember these for a run, instead of what was remembered of it."""
        with self._changing:
            self._kept[run_id] = checkpoints
            self._kept.move_to_end(run_id)
            while len(self._kept) > self._runs_at_most:
                self._kept.popitem(last=False)


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
    memory: Memory | None = field(default=None, compare=False, repr=False)
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def model(self) -> Model:
        """What decides the outcome of this run, today as on the day of the run. Raises ModelUnknown."""
        return model_of(self.content)

    @property
    def scene(self) -> Any:
        """The scene as this run finds it."""
        if "scene" not in self.known:
            self.known["scene"] = self.model.arranged(self.content["scene"], self.seed)
        return self.known["scene"]

    @property
    def title(self) -> Names:
        return Names.read(self.content["title"])

    @property
    def seen(self) -> Names:
        return Names.read(self.content["seen"])

    def followed_by(self, operation: Operation) -> "Run":
        """The run with one more operation."""
        return replace(self, operations=(*self.operations, operation), known={"scene": self.scene})

    def elapsed_ms(self, now: datetime) -> int:
        """Milliseconds since the run began, never before its last operation: a clock set back adds no time."""
        elapsed = (now - self.started_at) // timedelta(milliseconds=1)
        return max(elapsed, self.operations[-1].at_ms if self.operations else 0, 0)

    def at(self, now: datetime) -> Replay[Any]:
        """The world at a moment, with all that happened until then. Replayed once, however often a page asks."""
        until_ms = self.elapsed_ms(now)
        known: Replay[Any] | None = self.known.get(str(until_ms))
        if known is None:
            known = self.known[str(until_ms)] = self._replayed(until_ms, self.memory)
        return known

    def _replayed(self, until_ms: int, memory: Memory | None) -> Replay[Any]:
        apparatus = self.model.apparatus(self.scene)
        if memory is None:
            return replay(apparatus, self.operations, until_ms)
        last_ms = self.operations[-1].at_ms if self.operations else 0
        since = memory.nearest(self.id, self.operations, last_ms)
        done = Checkpoint(self.operations, last_ms, replay(apparatus, self.operations, last_ms, since))
        seen = memory.nearest(self.id, self.operations, until_ms)
        is_nearer = seen is not None and len(seen.operations) == len(self.operations)
        outcome = replay(apparatus, self.operations, until_ms, seen if is_nearer else done)
        memory.keep(self.id, done, Checkpoint(self.operations, until_ms, outcome))
        return outcome

    def view(self, now: datetime) -> View:
        """What the candidate may see now; no class, no hidden defect, no score."""
        return self.model.presented(self.scene, self.at(now).world)

    def is_over(self, now: datetime) -> bool:
        return self.at(now).world.ending is not None

    def scored(self, now: datetime) -> ScoredSheet:
        """The score by replay from the beginning up to `now`; once the run has ended it does not change any more."""
        sheet = read_sheet(self.content["sheet"], self.scenario)
        return score(sheet, *self.model.found(self.scene, self._replayed(self.elapsed_ms(now), None)))


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
    checked = run.model.readable(run.scene, name, given)
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
