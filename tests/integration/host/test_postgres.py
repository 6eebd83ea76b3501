"""The embedded server starts whatever happened before: two at once, a kill, a power cut, a half-made cluster."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from host.postgres import EmbeddedServer, FolderUnusable
from tests.cast.waiting import until

HOUSE = Path(__file__).parent.parent.parent.parent
START = """
import sys
from pathlib import Path
from host.postgres import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]) / "postgres", Path(sys.argv[1]) / "passwords")
server.create_database("kept")
with server.superuser("kept") as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for process in servers(tmp_path):
        process.kill()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder where a server has run before."""
    folder = tmp_path_factory.mktemp("made")
    leave(start(folder))
    yield folder
    for process in servers(folder):
        process.kill()


def start(var: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(var)],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def leave(process: subprocess.Popen[str]) -> None:
    out, _ = process.communicate("", timeout=60)
    assert process.returncode == 0, out


def started(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    assert line[:2] == "20", line + process.stdout.read()
    return line


def servers(var: Path) -> list[psutil.Process]:
    """The processes of a server or of its making that work in `var`."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any(word.startswith(str(var / "postgres")) for word in words) and "-c" not in words[:2]:
            found.append(process)
    return found


def locks(var: Path) -> list[Path]:
    """Where a server writes its number."""
    return [var / "postgres" / "postmaster.pid", *(var / "postgres").glob(".s.PGSQL.*.lock")]


def cut_power(var: Path) -> None:
    """Kill the server, and wait until its own children have noticed."""
    running = [each for server in servers(var) for each in (server, *server.children())]
    for process in running:
        process.kill()
    until(lambda: not any(is_alive(each) for each in running), "the server did not end", every=0.02)


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_three_processes_may_make_it_at_the_same_moment(var):
    processes = [start(var) for _ in range(3)]
    assert len({started(process) for process in processes}) == 1
    for process in processes:
        leave(process)
    assert servers(var) == []


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_after_a_power_cut_it_starts_and_harms_nobody_who_has_its_number_now(made, bystander):
    first = start(made)
    started(first)
    marks = {file: file.read_text() for file in locks(made)}
    assert len(marks) == 2
    cut_power(made)
    kill(first)
    for file, mark in marks.items():
        file.write_text(mark.replace(mark.partition("\n")[0], str(bystander.pid), 1))
    second = start(made)
    started(second)
    leave(second)
    assert bystander.poll() is None


def test_a_killed_process_leaves_its_server_to_the_next_which_stops_it_in_the_end(made):
    first = start(made)
    since = started(first)
    kill(first)
    second = start(made)
    assert started(second) == since
    leave(second)
    assert servers(made) == []


def test_a_first_start_that_was_killed_half_way_does_not_stand_in_the_way(var):
    first = start(var)
    until(lambda: list(var.glob("postgres*/PG_VERSION")), "no data folder was begun", every=0.002)
    os.kill(first.pid, signal.SIGKILL)
    for process in servers(var):
        process.kill()
    kill(first)
    second = start(var)
    started(second)
    leave(second)


def test_no_two_installations_share_a_lock(var):
    """The package's own lies in /tmp for the whole machine: it belongs to the user who came first."""
    leave(start(var))
    assert [file.name for file in var.glob("*.users.lock")] == ["postgres.users.lock"]


def test_a_folder_whose_path_the_server_cannot_read_is_refused_in_a_sentence(tmp_path):
    folder = tmp_path / "new comer" / "postgres"
    with pytest.raises(FolderUnusable, match="new comer"):
        EmbeddedServer(folder, tmp_path / "passwords")
    assert not folder.exists()
