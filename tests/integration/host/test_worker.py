"""The worker does what the clock wants, however much else there is to do and whatever goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import sleep
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import URL

from host.rounds import Rounds
from host.worker import worker as made_for
from kernel.actor import ANYONE
from kernel.db import Engines
from kernel.events import Event, Wiring
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Work, Workplace
from tests.cast.waiting import until

HANDED_IN = 12
SLOWLY = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHandedIn(Event):
    NAME: ClassVar[str] = "exams.paper_handed_in_in_a_test"

    id: UUID


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise ValueError("not even its name can be said")


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def wires() -> Wiring:
    return Wiring()


@pytest.fixture
def place(own_workplace: Workplace, wires: Wiring) -> Workplace:
    return Workplace(settings=own_workplace.settings, engines=own_workplace.engines, wiring=wires)


@pytest.fixture
def worker(place: Workplace) -> Iterator[Rounds]:
    made = made_for(place, (Face.EXAMINATION,))
    yield made
    made.stop()


def hand_in(place: Workplace, papers: int) -> list[UUID]:
    handed_in = [new_id() for _ in range(papers)]
    with place.transaction(ANYONE, Face.EXAMINATION) as work:
        for one in handed_in:
            work.announce(PaperHandedIn(id=one))
    return handed_in


def test_a_mass_of_papers_does_not_keep_the_clock_from_its_work(place, wires, worker, done):
    def score(_work: Work, _event: PaperHandedIn) -> None:
        sleep(SLOWLY)
        done.append("paper")

    def look_at_the_clock(_work: Work) -> None:
        done.append("clock")

    wires.wire(PaperHandedIn, score, face=Face.EXAMINATION, name="tests/score")
    wires.every(0.1, look_at_the_clock, face=Face.EXAMINATION, name="tests/look_at_the_clock")
    hand_in(place, HANDED_IN)
    worker.start()
    until(lambda: done.count("paper") == HANDED_IN, "the papers were not scored")
    last = len(done) - 1 - done[::-1].index("paper")
    assert done[0] == "clock"
    assert done[:last].count("clock") >= 3


def test_a_deed_that_fails_every_time_keeps_no_other_from_being_done(place, wires, worker, done):
    def fail(_work: Work) -> None:
        raise RuntimeError("every time")

    def look_at_the_clock(_work: Work) -> None:
        done.append("clock")

    wires.every(0.0, fail, face=Face.EXAMINATION, name="tests/fail")
    wires.every(0.1, look_at_the_clock, face=Face.EXAMINATION, name="tests/look_at_the_clock")
    worker.start()
    until(lambda: done.count("clock") > 1, "the clock was not looked at")


def test_a_failure_that_cannot_even_be_written_down_keeps_nothing_else_from_being_done(place, wires, worker, done):
    def score(_work: Work, _event: PaperHandedIn) -> None:
        raise Unspeakable

    def look_at_the_clock(_work: Work) -> None:
        done.append("clock")

    wires.wire(PaperHandedIn, score, face=Face.EXAMINATION, name="tests/score")
    wires.every(0.1, look_at_the_clock, face=Face.EXAMINATION, name="tests/look_at_the_clock")
    hand_in(place, 1)
    worker.start()
    until(lambda: done.count("clock") > 2, "the clock was not looked at")


def test_a_database_that_is_away_is_said_once_and_not_with_every_round(place, capsys):
    nowhere = URL.create("postgresql+psycopg", username="nobody", database="none", query={"host": "/nonexistent"})
    far = Workplace(settings=place.settings, engines=Engines(lambda _: nowhere), wiring=place.wiring)
    looked: list[int] = []
    place.wiring.wire(PaperHandedIn, lambda _work, _event: None, face=Face.EXAMINATION, name="tests/score")
    place.wiring.every(0.0, lambda _work: None, face=Face.EXAMINATION, name="tests/look_at_the_clock")
    clock = far.clock.now
    far.clock.now = lambda: looked.append(1) or clock()  # type: ignore[method-assign,func-returns-value]
    rounds = made_for(far, (Face.EXAMINATION,))
    rounds.start()
    until(lambda: len(looked) > 20, "it did not go its rounds")
    rounds.stop()
    said = capsys.readouterr().out
    assert said.count("the database is away") == 1
    assert "Traceback" not in said


def test_what_failed_is_tried_again_later(place, wires, worker, done):
    def score(_work: Work, event: PaperHandedIn) -> None:
        if event.id not in own:  # of another test, and still to be delivered
            return
        done.append("paper")
        if done.count("paper") == 1:
            raise Unspeakable

    wires.wire(PaperHandedIn, score, face=Face.EXAMINATION, name="tests/score")
    own = hand_in(place, 1)
    worker.start()
    until(lambda: done == ["paper"], "nothing was tried")
    place.clock.skip(timedelta(minutes=1))
    until(lambda: done.count("paper") == 2, "it was not tried again")
