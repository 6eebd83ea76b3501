"""The database is killed in mid-exam again and again, while all save: it comes back by itself, and nothing is lost."""

import asyncio
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from host.machine import Machine
from host.postmaster import pid_of
from host.wiring import wiring
from kernel.actor import ANYONE
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from tests.cast import loops
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import begun
from tests.cast.server import Server
from tests.cast.waiting import until
from tests.integration.exams.attempts.test_kill import ROUNDS, Browser, so_many_are_confirmed


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """An installation with a database of its own, which may be killed."""
    made = Machine(Settings(var=tmp_path / "var", demonstration=True))
    made.migrate()
    yield made
    made.embedded.leave()


@pytest.fixture
def server(machine: Machine) -> Iterator[Server]:
    made = Server(machine)
    del made.environment["ANPEI_DATABASE_URL"]
    made.start()
    yield made
    made.stop()


def kill_database(folder: Path) -> None:
    before = pid_of(folder)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    until(lambda: pid_of(folder) not in {None, before}, "nobody started it again")


async def exam(browsers: list[Browser], folder: Path) -> None:
    over = asyncio.Event()
    working = [asyncio.create_task(browser.work(over)) for browser in browsers]
    for _ in range(ROUNDS):
        confirmed = sum(len(browser.confirmed) for browser in browsers)
        await so_many_are_confirmed(browsers)
        await asyncio.to_thread(kill_database, folder)
        await asyncio.to_thread(until, partial(have_more, browsers, confirmed), "no save came through afterwards")
    over.set()
    await asyncio.gather(*working)


def is_ready(place: Workplace) -> bool:
    """Whether the database answers; until then it refuses, and says that it starts."""
    try:
        with place.reading(ANYONE, Face.EXAMINATION) as reading:
            reading.session.execute(text("SELECT 1"))
    except OperationalError:
        return False
    return True


def have_more(browsers: list[Browser], than: int) -> bool:
    return sum(len(browser.confirmed) for browser in browsers) > than + len(browsers)


def test_kill_nine_of_the_database_loses_no_confirmed_answer_and_the_server_recovers_by_itself(machine, server):
    place = machine.workplace(wiring(machine.settings))
    day = exam_day(place, candidates=8)
    day.open()
    browsers = [Browser(begun(day, who), server.url) for who in day.candidates]
    loops.run(exam(browsers, machine.embedded.folder))
    until(partial(is_ready, place), "the database did not come back")
    for browser in browsers:
        kept = [(step.sequence, step.question, step.answer) for step in browser.sheet.steps]
        assert kept[: len(browser.confirmed)] == browser.confirmed
        assert len(kept) <= len(browser.confirmed) + 1
    place.engines.dispose()
