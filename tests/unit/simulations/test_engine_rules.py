from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.lasting import FormatUnknown
from simulations.engine.errors import OperationsOutOfOrder, OperationUnreadable
from simulations.engine.rules import (
    Change,
    Fact,
    Operation,
    operation_from_json,
    operation_to_json,
    replay,
)


@dataclass(frozen=True)
class Counter:
    """The smallest apparatus: it adds what it is given and remembers how much time has passed."""

    def opening(self) -> tuple[int, int]:
        return (0, 0)

    def pass_time(self, world: tuple[int, int], until_ms: int) -> Change[tuple[int, int]]:
        return Change((world[0], until_ms))

    def operate(self, world: tuple[int, int], operation: Operation) -> Change[tuple[int, int]]:
        added = int(operation.given["by"])
        return Change((world[0] + added, world[1]), (Fact(operation.at_ms, "added", {"by": added}, operation.number),))


def adding(*amounts: int) -> list[Operation]:
    return [Operation(number, number * 100, "add", {"by": amount}) for number, amount in enumerate(amounts, 1)]


def test_a_replay_gives_the_state_and_every_fact_in_order():
    outcome = replay(Counter(), adding(1, 2, 3), until_ms=1_000)
    assert outcome.world == (6, 1_000)
    assert [fact.about["by"] for fact in outcome.facts] == [1, 2, 3]


def test_time_does_not_run_backwards_to_a_moment_before_the_last_operation():
    assert replay(Counter(), adding(1, 2), until_ms=50).world == (3, 200)


@pytest.mark.parametrize(
    "damaged",
    [
        [Operation(2, 0, "add", {"by": 1})],
        [Operation(1, 0, "add", {"by": 1}), Operation(3, 10, "add", {"by": 1})],
        [Operation(1, 0, "add", {"by": 1}), Operation(1, 10, "add", {"by": 1})],
        [Operation(1, 50, "add", {"by": 1}), Operation(2, 49, "add", {"by": 1})],
    ],
)
def test_a_list_with_a_gap_a_repeat_or_a_backward_stamp_is_refused(damaged):
    with pytest.raises(OperationsOutOfOrder):
        replay(Counter(), damaged)


@given(
    st.integers(1, 10_000),
    st.integers(0, 10**9),
    st.text(max_size=20),
    st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers(-1000, 1000), max_size=4),
)
def test_an_operation_survives_being_stored(number, at_ms, name, content):
    operation = Operation(number, at_ms, name, content)
    assert operation_from_json(operation_to_json(operation)) == operation


def test_a_format_of_the_future_is_not_guessed_at():
    with pytest.raises(FormatUnknown):
        operation_from_json({"format": 2, "number": 1, "at_ms": 0, "name": "add", "given": {}})


@pytest.mark.parametrize(
    "broken",
    [
        {"format": 1, "at_ms": 0, "name": "add", "given": {}},
        {"format": 1, "number": "1", "at_ms": 0, "name": "add", "given": {}},
        {"format": 1, "number": 1, "at_ms": 0, "name": "add", "given": ["by"]},
        {"format": 1, "number": 1, "at_ms": 0, "name": "add", "given": {"by": 1.5}},
    ],
)
def test_a_damaged_operation_is_refused(broken):
    with pytest.raises(OperationUnreadable):
        operation_from_json(broken)
