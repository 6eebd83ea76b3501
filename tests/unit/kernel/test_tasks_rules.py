"""How long a task will take is said when it can be known, and how it stands is said as it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from kernel.tasks.rules import JUDGED_FROM_MS, SILENT_AFTER, Outcome, Remedy, Standing, Task, later, remedy

NOW = datetime(2026, 6, 1, tzinfo=UTC)


HALFWAY = Task(
    id=uuid4(),
    kind="people.staff_import",
    about=None,
    facts={},
    noted={},
    started_by="刘国栋",
    started_at=NOW,
    stepped_at=NOW,
    total=1000,
    done=250,
    failed=0,
    careful_until=0,
    worked_ms=5_000,
    tries=1,
    is_cancelled=False,
    outcome=None,
    ended_at=None,
    refusal=None,
)


def a_task(**changes: Any) -> Task:
    return replace(HALFWAY, **changes)


def test_the_rest_takes_as_long_as_the_pace_so_far_says():
    assert a_task().remaining == timedelta(seconds=15)
    assert a_task(done=1000).remaining == timedelta()


@pytest.mark.parametrize(
    "changes",
    [{"done": 0}, {"total": None, "done": 0}, {"worked_ms": JUDGED_FROM_MS - 1}, {"outcome": Outcome.FINISHED}],
)
def test_no_time_is_said_where_it_would_be_guessed(changes):
    assert a_task(**changes).remaining is None


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.RUNNING),
        ({"total": None, "done": 0}, Standing.PREPARING),
        ({"stepped_at": None}, Standing.WAITING),
        ({"stepped_at": NOW - SILENT_AFTER}, Standing.RUNNING),
        ({"stepped_at": NOW - SILENT_AFTER - timedelta(milliseconds=1)}, Standing.WAITING),
        ({"is_cancelled": True}, Standing.STOPPING),
        ({"is_cancelled": True, "outcome": Outcome.FINISHED}, Standing.FINISHED),
        ({"outcome": Outcome.FAILED}, Standing.FAILED),
    ],
)
def test_how_it_stands(changes, standing):
    assert a_task(**changes).standing(NOW) is standing


@pytest.mark.parametrize(
    ("changes", "items"),
    [
        ({}, range(250, 450)),
        ({"done": 900}, range(900, 1000)),
        ({"careful_until": 251}, range(250, 251)),
        ({"careful_until": 250}, range(250, 450)),
        ({"done": 1000}, range(1000, 1000)),
    ],
)
def test_the_next_step(changes, items):
    assert a_task(**changes).next_items(200) == items


@pytest.mark.parametrize(
    ("changes", "is_refusal", "is_passing", "what"),
    [
        ({}, True, False, Remedy.ONE_BY_ONE),
        ({}, False, False, Remedy.ONE_BY_ONE),
        ({"tries": 4}, False, True, Remedy.LATER),
        ({"tries": 5}, False, True, Remedy.ONE_BY_ONE),
        ({"done": 999}, False, False, Remedy.GIVE_UP_ITEM),
        ({"done": 999, "tries": 5}, False, True, Remedy.GIVE_UP_ITEM),
        ({"total": None, "done": 0}, True, False, Remedy.FAIL),
        ({"total": None, "done": 0}, False, False, Remedy.LATER),
        ({"total": None, "done": 0, "tries": 5}, False, False, Remedy.FAIL),
        ({"done": 1000}, True, False, Remedy.FAIL),
    ],
)
def test_what_becomes_of_a_failed_step(changes, is_refusal, is_passing, what):
    assert remedy(a_task(**changes), 200, is_refusal=is_refusal, is_passing=is_passing) is what


def test_each_try_waits_longer_up_to_a_limit():
    waits = [later(tries) for tries in (0, 1, 2, 3, 4, 5, 99)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=2)
