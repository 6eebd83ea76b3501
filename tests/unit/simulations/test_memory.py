"""What a process remembers of a run makes pages fast and changes nothing that they show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.apparatus.rules import extinguisher
from simulations.apparatus.rules.extinguisher import fire
from simulations.engine.rules import Operation
from simulations.runs.rules import Memory, Mode, Run, RunId, happened
from simulations.scenarios.queries import offered
from tests.cast.extinguishing import Step, as_taught, operations

BEGAN = datetime(2026, 7, 1, 1, tzinfo=UTC)
OIL = next(one for one in offered("extinguisher", Mode.EXAMINATION) if one.code == "oil_pan")


def a_run(listed: tuple[Operation, ...] = (), memory: Memory | None = None, number: int = 1) -> Run:
    return Run(
        RunId(UUID(int=number)), UUID(int=2), Mode.EXAMINATION, OIL.code, OIL.content, 7, BEGAN, listed, memory=memory
    )


def after(milliseconds: int) -> datetime:
    return BEGAN + timedelta(milliseconds=milliseconds)


def seen(run: Run, now: datetime) -> tuple[object, ...]:
    return run.view(now), happened(run, now), run.is_over(now)


STEPS: list[Step] = as_taught(a_run().scene)
LISTED = tuple(operations(STEPS))

looks = st.lists(
    st.tuples(st.integers(0, len(LISTED)), st.integers(-3_000, 60_000)),  # operations known, and how long after them
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(looks=looks)
def test_however_a_run_is_looked_at_it_shows_what_a_replay_from_the_beginning_shows(looks):
    """In any order, as several processes and retries may ask, and with clocks that run back."""
    memory = Memory()
    for known, later in looks:
        listed = LISTED[:known]
        now = after((listed[-1].at_ms if listed else 0) + later)
        assert seen(a_run(listed, memory), now) == seen(a_run(listed), now)


def test_an_operation_that_was_undone_is_not_remembered():
    """The transaction failed after the page had been answered from it; another operation took its number."""
    memory = Memory()
    undone, taken = (Operation(3, 9_000, name, {}) for name in ("raise_alarm", "look"))
    seen(a_run((*LISTED[:2], undone), memory), after(20_000))
    listed = (*LISTED[:2], taken)
    assert seen(a_run(listed, memory), after(20_000)) == seen(a_run(listed), after(20_000))


def test_another_run_is_another_run():
    memory = Memory()
    seen(a_run(LISTED, memory), after(60_000))
    fresh = a_run((), memory, number=3)
    assert seen(fresh, after(60_000)) == seen(a_run((), None, number=3), after(60_000))


@pytest.fixture
def ticks(monkeypatch):
    """Counts the ticks that are computed."""
    counted: list[int] = []

    def counting(scene, world):
        counted.append(world.ticked)
        return tick(scene, world)

    tick = fire.tick
    monkeypatch.setattr(extinguisher, "tick", counting)
    return counted


def test_a_page_that_asks_each_second_costs_one_second_of_the_model_each_time(ticks):
    memory = Memory()
    seen(a_run(LISTED[:6], memory), after(100_000))
    ticks.clear()
    seen(a_run(LISTED[:6], memory), after(101_000))
    assert len(ticks) == 10
    ticks.clear()
    seen(a_run((*LISTED[:6], Operation(7, 101_500, "look", {})), memory), after(101_500))
    assert len(ticks) == 5


def test_a_score_is_replayed_from_the_beginning_whatever_is_remembered(ticks):
    memory = Memory()
    run = a_run(LISTED, memory)
    seen(run, after(60_000))
    ticks.clear()
    assert run.scored(after(60_000)) == a_run(LISTED).scored(after(60_000))
    assert len(ticks) > 2 * 150
    tampered = replace(run, content={**OIL.content, "scene": {**OIL.content["scene"], "allowed_ms": 5_000}}, known={})
    assert tampered.scored(after(60_000)).total != run.scored(after(60_000)).total


def test_no_more_runs_are_remembered_than_there_is_room_for(ticks):
    memory = Memory(runs_at_most=2)
    for number in (1, 2, 3):
        seen(a_run((), memory, number), after(10_000))
    ticks.clear()
    seen(a_run((), memory, 3), after(10_000))
    assert not ticks
    seen(a_run((), memory, 1), after(10_000))
    assert len(ticks) == 100
