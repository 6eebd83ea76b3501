"""A fact reaches whoever reacts to it, whatever became of the facts before it; an invented one reaches nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from kernel.actor import ANYONE
from kernel.errors import Refused
from kernel.events import Event, Wiring
from kernel.faces import Face
from kernel.ids import new_id
from kernel.jobs import deliver_due
from kernel.work import ACTIONS, OPEN_TO_ALL, Work, Workplace, action


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursCounted(Event):
    NAME: ClassVar[str] = "training.hours_counted_in_a_test"

    id: UUID
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFound(Event):
    NAME: ClassVar[str] = "exams.result_found_in_a_test"

    id: UUID


class AlreadyDone(Refused):
    pass


@action(needs=OPEN_TO_ALL)
def refuse(_work: Work) -> None:
    raise AlreadyDone


del ACTIONS[f"{__name__}.refuse"]  # it is no deed of the platform


def react(work: Work, event: HoursCounted) -> None:
    """What a careless reaction does: it swallows a refusal, and with it the whole work."""
    if event.word == "swallowed":
        try:
            refuse(work)
        except AlreadyDone:
            return
    if event.word == "failing":
        raise AlreadyDone


def certify(_work: Work, _event: ResultFound) -> None:
    pass


@pytest.fixture
def owner(machine) -> Iterator[Engine]:
    engine = create_engine(machine.owner_url())
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM kernel.deliveries WHERE event = :event"), {"event": HoursCounted.NAME})
    engine.dispose()


@pytest.fixture
def place(workplace: Workplace, owner: Engine) -> Workplace:
    wires = Wiring()
    wires.wire(HoursCounted, react, face=Face.REGISTRY, name="tests/react")
    wires.wire(ResultFound, certify, face=Face.REGISTRY, name="tests/certify")
    return Workplace(settings=workplace.settings, engines=workplace.engines, wiring=wires)


def announce(place: Workplace, *words: str) -> None:
    for word in words:
        with place.transaction(ANYONE, Face.LEARNING) as work:
            work.announce(HoursCounted(id=new_id(), word=word))


def state(owner: Engine) -> list[tuple[str, int, bool]]:
    """(word, how often it failed, whether it is done) of every delivery, in the order of announcement."""
    query = "SELECT facts->>'word', tries, done_at IS NOT NULL FROM kernel.deliveries WHERE event = :event ORDER BY id"
    with owner.connect() as connection:
        rows = connection.execute(text(query), {"event": HoursCounted.NAME})
        return [(row[0], row[1], row[2]) for row in rows]


def rounds(at_most: int):
    """Ends the worker's round after some deliveries, so that a round without end fails a test instead of hanging it."""
    left = iter(range(at_most))
    return lambda: next(left, None) is not None


def test_a_failing_delivery_waits_and_lets_the_others_pass(place, owner):
    announce(place, "failing", "fine")
    deliver_due(place, Face.REGISTRY)
    assert state(owner) == [("failing", 1, False), ("fine", 0, True)]


def test_a_failed_delivery_is_tried_again_later(place, owner):
    announce(place, "failing")
    deliver_due(place, Face.REGISTRY)
    deliver_due(place, Face.REGISTRY)
    assert state(owner) == [("failing", 1, False)]
    place.clock.skip(timedelta(seconds=3))
    deliver_due(place, Face.REGISTRY)
    assert state(owner) == [("failing", 2, False)]


def test_a_reaction_whose_work_was_undone_has_failed(place, owner):
    announce(place, "swallowed", "fine")
    deliver_due(place, Face.REGISTRY, rounds(5))
    assert state(owner) == [("swallowed", 1, False), ("fine", 0, True)]


def test_a_worker_that_is_told_to_stop_leaves_the_rest_for_later(place, owner):
    announce(place, "fine", "fine", "fine")
    assert deliver_due(place, Face.REGISTRY, rounds(2)) == 2
    assert [done for _, _, done in state(owner)] == [True, True, False]


def forge(place: Workplace, face: Face, event: str) -> None:
    with place.engines.of(face).begin() as connection:
        connection.execute(
            text(
                "INSERT INTO kernel.deliveries (id, role, reaction, event, format, facts, created_at, run_after, tries)"
                " VALUES (:id, 'anpei_registry', :reaction, :event, 1, jsonb_build_object('id', :id), now(), now(), 0)"
            ),
            {"id": new_id(), "event": event, "reaction": "tests/certify"},
        )


@pytest.mark.parametrize("face", [Face.LEARNING, Face.AUTHORING])
def test_only_testing_may_announce_what_happened_in_testing(place, face):
    with pytest.raises(ProgrammingError, match="row-level security"):
        forge(place, face, ResultFound.NAME)


def test_a_fact_of_teaching_addressed_to_a_reaction_to_results_is_not_delivered(place, owner):
    forge(place, Face.LEARNING, HoursCounted.NAME)
    assert deliver_due(place, Face.REGISTRY, rounds(5)) == 0
    assert [done for _, _, done in state(owner)] == [False]
