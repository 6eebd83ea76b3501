"""The embedded server starts whatever happened before: two at once, a kill, a power cut, a half-made cluster."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from host.postgres import OWNER, EmbeddedServer, FolderUnusable
from kernel.settings import libpq
from tests.cast.hearing import python
from tests.cast.waiting import LIMIT_SECONDS, until

KEEP = """
import sys
from pathlib import Path
from host.postgres import EmbeddedServer, kept_alive
from kernel.errors import Problem
server = EmbeddedServer(Path(sys.argv[1]) / "postgres", Path(sys.argv[1]) / "passwords")
with kept_alive(server):
    while True:
        while True:
            try:
                with server.superuser() as connection:
                    found = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0]
                break
            except Exception:
                pass
        print("since", found, flush=True)
        if not sys.stdin.readline():
            break
"""
HOUSE = Path(__file__).parent.parent.parent.parent
START = """
import sys
from pathlib import Path
from host.postgres import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]) / "postgres", Path(sys.argv[1]) / "passwords")
server.create_database("kept")
with server.superuser("kept") as connection:
    print("since", connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0], flush=True)
sys.stdin.read()
"""

SAID: dict[int, list[str]] = {}  # by a process, while somebody waited for another word of it


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


def start(var: Path, what: str = START) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*python(what), str(var)],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def leave(process: subprocess.Popen[str]) -> None:
    out, _ = process.communicate("", timeout=LIMIT_SECONDS)
    assert process.returncode == 0, out


def tell(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def farewell(process: subprocess.Popen[str]) -> str:
    """Let it leave; what else it said."""
    out, _ = process.communicate("", timeout=LIMIT_SECONDS)
    assert process.returncode == 0, out
    return "".join(SAID[process.pid]) + out


def started(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = SAID.setdefault(process.pid, [])
    while not (line := process.stdout.readline()).startswith("since"):
        assert line, "".join(said)
        said.append(line)
    return line


def servers(var: Path) -> list[psutil.Process]:
    """The processes of a server or of its making that work in `var`."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any(word.startswith(str(var / "postgres")) for word in words) and not {"-c", "-m"} & set(words[:2]):
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
    started(first)
    kill(first)
    second = start(made)
    started(second)
    leave(second)
    assert servers(made) == []


def test_a_server_does_not_outlive_its_last_user_for_long_even_if_all_were_killed(made):
    users = [start(made) for _ in range(2)]
    for user in users:
        started(user)
    for user in users:
        kill(user)
    assert servers(made) != []
    until(lambda: servers(made) == [], "the server outlived everybody")


def test_a_killed_server_is_started_again_once_however_many_look_after_it(made):
    users = [start(made, KEEP) for _ in range(3)]
    (first,) = {started(user) for user in users}
    cut_power(made)
    for user in users:
        tell(user, "look")
    (second,) = {started(user) for user in users}
    assert second != first
    assert len([server for server in servers(made) if "-D" in server.cmdline()]) == 1
    said = "".join(farewell(user) for user in users)
    assert said.count("the database has ended and is started again") == 1
    assert said.count("the database is there again") == 1
    assert servers(made) == []


def test_a_server_that_cannot_start_is_tried_again_until_it_can(made):
    user = start(made, KEEP)
    started(user)
    control = made / "postgres" / "global" / "pg_control"
    control.rename(aside := control.with_suffix(".aside"))
    cut_power(made)
    log = made / "postgres" / "log"
    until(lambda: "could not find the database system" in log.read_text(), "nobody tried")
    aside.rename(control)
    tell(user, "look")
    started(user)
    assert "the database cannot be started again" in farewell(user)


def test_however_long_it_recovers_it_is_waited_for_and_said(var):
    leave(start(var))
    data, word = var / "postgres", var / "recovered"
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'while [ ! -e {word} ]; do sleep 0.05; done; false'\nhot_standby = off\n")
    process = start(var)
    assert process.stdout
    assert "the database is recovering" in process.stdout.readline()
    word.touch()
    started(process)
    leave(process)


def test_whoever_is_told_to_end_while_it_recovers_ends(var):
    leave(start(var))
    data = var / "postgres"
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("restore_command = 'sleep 600; false'\n")
    process = start(var)
    assert process.stdout
    assert "the database is recovering" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.wait(LIMIT_SECONDS)
    assert servers(var) == []


def test_the_owner_may_copy_the_server_while_it_serves(made):
    server = EmbeddedServer(made / "postgres", made / "passwords")
    server.create_database("kept")
    programs, copy = server.postmaster.programs, made / "copied"
    copy.mkdir()
    if programs.user:
        shutil.chown(copy, programs.user)
    command = [programs.folder / "pg_basebackup", "-d", libpq(server.url(OWNER)), "-D", copy / "postgres", "-c", "fast"]
    subprocess.run(command, user=programs.user, check=True, timeout=LIMIT_SECONDS)
    server.leave()
    copied = EmbeddedServer(copy / "postgres", made / "passwords")
    with copied.superuser("kept") as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("kept",)
    copied.leave()
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
