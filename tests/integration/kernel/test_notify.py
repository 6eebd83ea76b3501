"""Hints: what a deed says is heard when it is committed, by whoever listens, however often the database went away."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest

from host.machine import Machine
from kernel.actor import ANYONE
from kernel.errors import Refused
from kernel.events import Event, Wiring
from kernel.faces import Face
from kernel.listening import WHO, Listener
from kernel.notify import Channel, tell
from kernel.settings import libpq
from kernel.work import OPEN_TO_ALL, Work, Workplace, action
from tests.cast.waiting import LIMIT_SECONDS, until

THING = Channel("tests.thing")
OTHER = Channel("tests.other")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingMoved(Event):
    NAME: ClassVar[str] = "tests.thing_moved"

    thing_id: UUID


class NotToday(Refused):
    sentence = "Not today."


@action(needs=OPEN_TO_ALL)
def move(work: Work, thing_id: UUID, *, failing: Exception | None = None) -> None:
    tell(work.session, OTHER, thing_id)
    work.announce(ThingMoved(thing_id=thing_id))
    if failing is not None:
        raise failing


class Ear:
    """A process that listens, in a thread with a loop of its own."""

    def __init__(self, place: Workplace, face: Face) -> None:
        self.heard: list[tuple[Channel, UUID]] = []
        self.begun = 0
        self._end: Callable[[], object]
        self._listener = Listener(
            lambda: libpq(place.engines.url(face)),
            (THING, OTHER),
            heard=lambda channel, subject: self.heard.append((channel, subject)),
            missed=self._missed,
            clock=place.clock,
        )

    def _missed(self) -> None:
        self.begun += 1

    @contextmanager
    def listening(self) -> Iterator["Ear"]:
        thread = threading.Thread(target=asyncio.run, args=(self._run(),), daemon=True)
        thread.start()
        until(lambda: self.begun, "nobody began to listen")
        try:
            yield self
        finally:
            self._end()
            thread.join(LIMIT_SECONDS)
            assert not thread.is_alive()

    async def _run(self) -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        self._end = lambda: loop.call_soon_threadsafe(over.set)
        running = asyncio.create_task(self._listener.run())
        await over.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def place(machine: Machine) -> Iterator[Workplace]:
    wires = Wiring()
    wires.hint(ThingMoved, THING, lambda event: event.thing_id)
    made = machine.workplace(wires)
    yield made
    made.engines.dispose()


@pytest.fixture
def ear(place: Workplace) -> Iterator[Ear]:
    with Ear(place, Face.EXAMINATION).listening() as made:
        yield made


def moved(place: Workplace, face: Face = Face.LEARNING) -> UUID:
    thing = uuid4()
    with place.transaction(ANYONE, face) as work:
        move(work, thing)
    return thing


def test_a_deed_that_is_refused_or_breaks_off_says_nothing(place, ear):
    refused, broken = uuid4(), uuid4()
    with place.transaction(ANYONE, Face.LEARNING) as work, pytest.raises(NotToday):
        move(work, refused, failing=NotToday())
    with pytest.raises(RuntimeError), place.transaction(ANYONE, Face.LEARNING) as work:
        move(work, broken, failing=RuntimeError())
    last = moved(place)  # hints are heard in the order of the commits
    until(lambda: (THING, last) in ear.heard, "nothing was heard")
    assert {subject for _, subject in ear.heard} == {last}


def test_a_deed_is_heard_once_it_is_committed_and_not_before(place, ear):
    waiting = uuid4()
    with place.transaction(ANYONE, Face.LEARNING) as work:
        tell(work.session, THING, waiting)
        tell(work.session, THING, waiting)
        other = moved(place)
        until(lambda: (THING, other) in ear.heard, "the other deed was not heard")
        assert waiting not in {subject for _, subject in ear.heard}
    last = moved(place)
    until(lambda: (THING, last) in ear.heard, "nothing was heard")
    assert ear.heard.count((THING, waiting)) == 1


def test_whatever_any_role_says_is_a_hint_and_no_more(place, ear):
    """PostgreSQL lets every role speak; what is no id is passed over, and the ear stays open."""
    with psycopg.connect(libpq(place.engines.url(Face.PUBLIC)), autocommit=True) as stranger:
        for said in ("", "x" * 7_000, "'; DROP TABLE kernel.audit; --"):
            stranger.execute("SELECT pg_notify(%s, %s)", (THING.name, said))
        stranger.execute("SELECT pg_notify('tests.nobody', %s)", (str(uuid4()),))
        stranger.execute("SELECT pg_notify(%s, %s)", (THING.name, str(claimed := uuid4())))
    until(lambda: ear.heard, "nothing was heard")
    assert ear.heard == [(THING, claimed)]


def test_an_ear_whose_connection_was_cut_listens_again_and_says_that_it_may_have_missed_something(place, ear, machine):
    for cut in range(1, 4):
        with machine.embedded.superuser(machine.database) as superuser:
            found = superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = %s",
                [WHO],
            ).fetchall()
        assert found == [(True,)]
        until(partial(_has_begun, ear, cut + 1), "nobody listened again")
        hint = (THING, moved(place))
        until(partial(ear.heard.count, hint), "nothing was heard")


def _has_begun(ear: Ear, times: int) -> bool:
    return ear.begun >= times


@pytest.mark.parametrize("name", ["thing", "Tests.thing", "tests.thing; DROP", "tests." + "x" * 60])
def test_a_channel_has_a_name_that_stays(name):
    with pytest.raises(ValueError, match="no name of a channel"):
        Channel(name)
