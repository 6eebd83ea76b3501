"""What is taken into a run: nothing from before, nothing from the future, and no more than hands can do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from simulations.engine.errors import OperationsOutOfOrder
from simulations.engine.rules import Operation
from simulations.runs.errors import PageIsBehind, RunIsOver, TooManyOperations
from simulations.runs.rules import OPERATIONS_AT_MOST, Mode, Run, RunId, taken
from simulations.scenarios.queries import offered

BEGAN = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def a_run(*operations: Operation) -> Run:
    one = offered("extinguisher", Mode.EXAMINATION)[0]
    return Run(RunId(UUID(int=1)), UUID(int=2), Mode.EXAMINATION, one.code, one.content, 7, BEGAN, operations)


def looks(count: int, *, apart_ms: int = 1) -> list[Operation]:
    return [Operation(number, number * apart_ms, "look", {}) for number in range(1, count + 1)]


def test_the_stamp_is_the_servers():
    operation = taken(a_run(*looks(2)), 3, "look", {}, BEGAN + 5 * SECOND)
    assert operation is not None
    assert operation.at_ms == 5_000


@pytest.mark.parametrize("number", [-1, 0, 2, 4, 5, 10**9])
def test_a_number_before_or_beyond_the_next_is_refused(number):
    """Overwriting what was done, or leaving a gap to be filled later: neither."""
    with pytest.raises(PageIsBehind):
        taken(a_run(*looks(2)), number, "raise_alarm", {}, BEGAN + SECOND)


def test_after_the_report_nothing_is_taken():
    run = a_run(*looks(1), Operation(2, 2_000, "report", {}))
    with pytest.raises(RunIsOver):
        taken(run, 3, "raise_alarm", {}, BEGAN + 3 * SECOND)


def test_a_clock_set_back_neither_reorders_nor_gives_time():
    operation = taken(a_run(*looks(2, apart_ms=4_000)), 3, "look", {}, BEGAN - timedelta(hours=1))
    assert operation is not None
    assert operation.at_ms == 8_000


def test_stamps_that_run_backwards_are_damaged_evidence():
    first, second = looks(2, apart_ms=1_000)
    forged = Operation(second.number, first.at_ms - 1, second.name, second.given)
    with pytest.raises(OperationsOutOfOrder):
        a_run(first, forged).at(BEGAN + 5 * SECOND)


def test_a_program_that_floods_a_run_is_stopped():
    full = a_run(*looks(OPERATIONS_AT_MOST))
    with pytest.raises(TooManyOperations):
        taken(full, OPERATIONS_AT_MOST + 1, "look", {}, BEGAN + 2 * SECOND)
    assert taken(full, OPERATIONS_AT_MOST, "look", {}, BEGAN + 2 * SECOND) is None  # a retry still finds its answer
