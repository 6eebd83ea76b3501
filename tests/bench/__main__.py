"""Measure and print: python -m tests.bench."""

import asyncio
import gzip
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
from psycopg import sql
from rich.console import Console
from rich.progress import track
from rich.table import Table

from host.machine import Machine
from host.wiring import wiring
from kernel.settings import Settings
from kernel.work import Workplace
from tests.bench.load import Client, Measured, for_a_while, once
from tests.cast.exam_day import Candidate, ExamDay, exam_day
from tests.cast.server import free_port

HOUSE = Path(__file__).parent.parent.parent
SETTINGS = Settings(var=HOUSE / "var" / "bench", demonstration=True)
DATABASE = f"bench_{os.getpid()}"

OPENING = 200
A_ROOM = 30
SAVING = 50
STRETCHES = 3
STRETCH_SECONDS = 3.0

console = Console()


@contextmanager
def fresh_machine() -> Iterator[Machine]:
    """A migrated database of its own, gone afterwards; PostgreSQL as it comes, with every commit on the disk."""
    machine = Machine(SETTINGS, database=DATABASE)
    machine.migrate()
    yield machine
    with machine.embedded.superuser() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """The real server as a process of its own; its port and its process id."""
    port = free_port()
    environment = os.environ | {"ANPEI_VAR": str(SETTINGS.var), "ANPEI_DEMONSTRATION": "true", "PYTHONPATH": str(HOUSE)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.served", DATABASE, str(port)], env=environment, cwd=HOUSE
    )
    limit = monotonic() + 60
    while not answers(port):
        if process.poll() is not None or monotonic() > limit:
            raise SystemExit("the server did not start")
        sleep(0.1)
    yield port, process.pid
    process.terminate()
    process.wait(timeout=30)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/sign-in", timeout=5).is_success
    except httpx.TransportError:
        return False


def processor_seconds(process_id: int) -> float:
    """What a process has used of the processors so far, by itself and for itself (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def weighed(process_id: int, measuring: Awaitable[Measured]) -> Measured:
    """What was measured, with the server's processor time in it."""
    before = processor_seconds(process_id)
    measured = await measuring
    measured.processor = processor_seconds(process_id) - before
    return measured


def rooms(workplace: Workplace) -> list[ExamDay]:
    """As many open rooms as it takes to seat everybody."""
    sizes = [min(A_ROOM, OPENING - first) for first in range(0, OPENING, A_ROOM)]
    found = []
    for size in track(sizes, "Seating candidates", console=console, transient=True):
        day = exam_day(workplace, candidates=size)
        day.open()
        found.append(day)
    return found


class Browser(Client):
    """One candidate at one machine."""

    def __init__(self, port: int, candidate: Candidate) -> None:
        super().__init__(port, candidate.token)
        self.candidate = candidate
        self.desk = secrets.token_hex(32)
        self.attempt = ""
        self.sequence = 0

    async def open_paper(self) -> bool:
        """Press the button, load the page, take the paper: until its hundred questions are there."""
        started = await self.ask("POST", f"/exam-room/registrations/{self.candidate.registration_id}/start")
        if started.status != httpx.codes.SEE_OTHER:
            return False
        path = started.headers["location"]
        self.attempt = path.rsplit("/", 1)[1]
        room = await self.ask("GET", path)
        paper = await self.ask("POST", f"{path}/desk", {"desk": self.desk})
        if not room.status == paper.status == httpx.codes.OK:
            return False
        return len(json.loads(gzip.decompress(paper.body))["paper"]["questions"]) == 100

    async def save(self, path: str = "/exam-room/answers") -> bool:
        """Answer one question."""
        self.sequence += 1
        step = {"sequence": self.sequence, "question": self.sequence % 70 + 1, "act": "answer", "answer": True}
        step |= {"flagged": False, "page_ms": self.sequence}
        saved = await self.ask("PUT", path, {"attempt": self.attempt, "desk": self.desk, "steps": [step]})
        return saved.status == httpx.codes.OK

    async def nothing(self) -> bool:
        """The same, to the route that does nothing."""
        return await self.save("/bench/nothing")


async def measure(port: int, process_id: int, candidates: list[Candidate]) -> dict[str, Measured]:
    """All papers opened at once; then saves and nothing in turns."""
    browsers = [Browser(port, candidate) for candidate in candidates]
    for browser in browsers:
        await browser.connect()
    opened = await weighed(process_id, once([browser.open_paper for browser in browsers]))
    saves, nothing = Measured(), Measured()
    some = browsers[:SAVING]
    for _ in track(range(STRETCHES), "Saving answers", console=console, transient=True):
        measuring = for_a_while([browser.nothing for browser in some], STRETCH_SECONDS)
        nothing.add(await weighed(process_id, measuring))
        measuring = for_a_while([browser.save for browser in some], STRETCH_SECONDS)
        saves.add(await weighed(process_id, measuring))
    for browser in browsers:
        browser.close()
    return {"nothing": nothing, "one answer saved": saves, "one paper opened": opened}


def show(found: dict[str, Measured]) -> None:
    table = Table("", "a second", "p50 ms", "p90 ms", "p99 ms", "slowest ms", "server CPU ms", "errors")
    for name, it in found.items():
        times = [f"{it.percentile(share):.1f}" for share in (0.5, 0.9, 0.99)]
        table.add_row(name, f"{it.rate:.0f}", *times, f"{it.slowest:.1f}", f"{it.cost:.2f}", str(it.errors))
    console.print(f"{os.cpu_count()} cores, which the clients and PostgreSQL use too; load {os.getloadavg()[0]:.1f}:")
    console.print(table)
    nothing, saves, opened = found.values()
    console.print(
        f"{SAVING} clients: a save costs {nothing.rate / saves.rate:.2f} times nothing "
        f"({saves.cost / nothing.cost:.2f} times its server CPU)."
    )
    console.print(
        f"{len(opened.each)} candidates opening their papers at once, just after a start: all had theirs after "
        f"{opened.whole:.2f} s; a paper costs {opened.cost / nothing.cost:.0f} times the server CPU of nothing."
    )


def main() -> None:
    """Measure, print, and fail only when something went wrong."""
    with fresh_machine() as machine:
        workplace = machine.workplace(wiring(SETTINGS))
        candidates = [candidate for day in rooms(workplace) for candidate in day.candidates]
        workplace.engines.dispose()
        with served() as (port, process_id):
            found = asyncio.run(measure(port, process_id, candidates))
    show(found)
    if any(measured.errors for measured in found.values()):
        raise SystemExit(1)


main()
