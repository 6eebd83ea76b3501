"""The disk is full in mid-exam, so that the database ends for want of room: it comes back when there is room again."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from host.machine import Machine
from host.postmaster import pid_of
from host.wiring import wiring
from kernel.settings import Settings
from tests.cast import loops
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import begun
from tests.cast.server import Server
from tests.cast.waiting import until
from tests.faults.test_postmaster import is_ready
from tests.integration.exams.attempts.test_kill import Browser, so_many_are_confirmed

ROOM = "400m"
A_MEGABYTE = 1 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, and small: who mounts it must be root, as on build machines."""
    folder = tmp_path / "var"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "anpei-test", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def machine(disk: Path) -> Iterator[Machine]:
    made = Machine(Settings(var=disk, demonstration=True))
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


def fill(disk: Path) -> Path:
    """Somebody's film takes all the room that is left."""
    film = disk / "film"
    with film.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(A_MEGABYTE))
    return film


def has_ended(machine: Machine, before: int | None) -> bool:
    """Whether the database has ended, or ended and been started; until then it is given more to write down."""
    with suppress(psycopg.Error), machine.embedded.superuser(machine.database) as connection:
        connection.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 1000000))")
    return pid_of(machine.embedded.folder) != before


async def exam(browsers: list[Browser], machine: Machine, disk: Path) -> None:
    over = asyncio.Event()
    working = [asyncio.create_task(browser.work(over)) for browser in browsers]
    await so_many_are_confirmed(browsers)
    before = pid_of(machine.embedded.folder)
    film = await asyncio.to_thread(fill, disk)
    await asyncio.to_thread(until, partial(has_ended, machine, before), "it had room to the end", every=0)
    film.unlink()
    await so_many_are_confirmed(browsers)
    over.set()
    await asyncio.gather(*working)


def test_a_full_disk_loses_no_confirmed_answer_and_the_server_recovers_by_itself(machine, server, disk):
    place = machine.workplace(wiring(machine.settings))
    day = exam_day(place, candidates=4)
    day.open()
    browsers = [Browser(begun(day, who), server.url) for who in day.candidates]
    loops.run(exam(browsers, machine, disk))
    assert server.process.poll() is None
    until(partial(is_ready, place), "the database did not come back")
    for browser in browsers:
        kept = [(step.sequence, step.question, step.answer) for step in browser.sheet.steps]
        assert kept[: len(browser.confirmed)] == browser.confirmed
        assert len(kept) <= len(browser.confirmed) + 1  # the one whose confirmation was on its way
    place.engines.dispose()
