"""One way to run every apparatus: replay a list of operations over a world, and nothing else.

The list of operations is the evidence; state, facts and score are always derived from it. Time is not read here: each
operation carries the milliseconds since the run began, stamped by the server when it received the operation, so a
candidate's own clock decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kernel.lasting import lasting
from simulations.engine.errors import OperationsOutOfOrder, OperationUnreadable

LAYOUT = lasting("simulations.operation")

Given = Mapping[str, str | int]
World = TypeVar("World")


@dataclass(frozen=True, slots=True)
class Operation:
    """One deed in a run. `number` counts from 1 without a gap; `at_ms` is the server's stamp since the run began."""

    number: int
    at_ms: int
    name: str
    given: Given


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened in the world. `operation` is None when time alone brought it about (the flames died)."""

    at_ms: int
    name: str
    about: Given
    operation: int | None = None


@dataclass(frozen=True, slots=True)
class Change(Generic[World]):
    world: World
    facts: tuple[Fact, ...] = ()


class Apparatus(Protocol[World]):
    """What a simulated apparatus must offer. All three are pure; `pass_time` must not depend on how time was cut up."""

    def opening(self) -> World: ...

    def pass_time(self, world: World, until_ms: int) -> Change[World]: ...

    def operate(self, world: World, operation: Operation) -> Change[World]: ...


@dataclass(frozen=True, slots=True)
class Replay(Generic[World]):
    world: World
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint(Generic[World]):
    """Where a replay stood: after these operations, with time passed to `at_ms`."""

    operations: tuple[Operation, ...]
    at_ms: int
    replay: Replay[World]

    def leads_to(self, operations: Sequence[Operation], until_ms: int) -> bool:
        """Whether a replay of `operations` to `until_ms` comes through here."""
        done = len(self.operations)
        following = operations[done].at_ms if done < len(operations) else until_ms
        return self.at_ms <= following and self.operations == tuple(operations[:done])


def replay(
    apparatus: Apparatus[World],
    operations: Sequence[Operation],
    until_ms: int | None = None,
    since: Checkpoint[World] | None = None,
) -> Replay[World]:
    """Play `operations` over a fresh world, then let time pass to `until_ms`.

    Args:
        apparatus: the world's rules.
        operations: in order.
        until_ms: how far time goes on after the last; not at all where that is not given.
        since: where to go on instead of from the beginning; the outcome is the same. It must lead to `operations`.

    Raises OperationsOutOfOrder when numbers have a gap or stamps run backwards: such a list is damaged evidence.
    """
    begun = since or Checkpoint((), 0, Replay(apparatus.opening(), ()))
    world, facts = begun.replay.world, list(begun.replay.facts)
    last_number = len(begun.operations)
    last_ms = begun.operations[-1].at_ms if begun.operations else 0

    def keep(change: Change[World]) -> World:
        facts.extend(change.facts)
        return change.world

    for operation in operations[last_number:]:
        if operation.number != last_number + 1 or operation.at_ms < last_ms:
            raise OperationsOutOfOrder
        world = keep(apparatus.pass_time(world, operation.at_ms))
        world = keep(apparatus.operate(world, operation))
        last_number, last_ms = operation.number, operation.at_ms
    if until_ms is not None and until_ms > last_ms:
        world = keep(apparatus.pass_time(world, until_ms))
    return Replay(world, tuple(facts))


def operation_to_json(operation: Operation) -> dict[str, object]:
    return LAYOUT.written(
        {
            "number": operation.number,
            "at_ms": operation.at_ms,
            "name": operation.name,
            "given": dict(operation.given),
        }
    )


def operation_from_json(content: Mapping[str, object]) -> Operation:
    """Read one stored operation. Raises FormatUnknown for a format of the future, OperationUnreadable for damage."""
    content = LAYOUT.read(content)
    number, at_ms, name, given = (content.get(key) for key in ("number", "at_ms", "name", "given"))
    if not isinstance(number, int) or not isinstance(at_ms, int) or not isinstance(name, str):
        raise OperationUnreadable
    if not isinstance(given, Mapping) or not all(isinstance(value, str | int) for value in given.values()):
        raise OperationUnreadable
    return Operation(number, at_ms, name, dict(given))
