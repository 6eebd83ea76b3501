"""`anpei serve` as a process: told to end, it ends in order, and leaves neither its port nor its database behind."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cast.hearing import python
from tests.cast.server import free_port, until_it_answers
from tests.cast.waiting import LIMIT_SECONDS, until
from web.frame.work import SESSION_COOKIE

HOUSE = Path(__file__).parent.parent.parent.parent
COMMAND = python("from host.cli import main; main()")
WAITS = python("""
import sys, threading
from host.commands.worker import until_told
signal.signal(signal.SIGTERM, lambda *_: sys.exit("told"))
threading.Timer(1, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()
until_told(beside=False)
""")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own, migrated."""
    made = os.environ | {"ANPEI_VAR": str(tmp_path_factory.mktemp("var"))}
    subprocess.run([*COMMAND, "migrate"], cwd=HOUSE, env=made, check=True, timeout=240)
    return made


@contextmanager
def begun(*arguments: str, **how: Any) -> Iterator[subprocess.Popen[Any]]:
    """A command under way; what did not end when it was told to stands in no later test's way."""
    process = subprocess.Popen([*COMMAND, *arguments], cwd=HOUSE, **how)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_end_it_stops_its_database_and_frees_its_port(environment, how):
    port = free_port()
    running = Path(environment["ANPEI_VAR"]) / "postgres" / "postmaster.pid"
    with begun("serve", "--port", str(port), env=environment) as process:
        until_it_answers(f"http://127.0.0.1:{port}/sign-in", process)
        assert running.exists()
        process.send_signal(how)
        process.wait(LIMIT_SECONDS)
    assert not running.exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_when_its_database_is_killed_or_ended_it_recovers_by_itself(environment, tmp_path):
    port, said = free_port(), tmp_path / "said"
    running = Path(environment["ANPEI_VAR"]) / "postgres" / "postmaster.pid"
    with (
        said.open("wb") as out,
        begun("serve", "--port", str(port), env=environment, stdout=out, stderr=out) as process,
    ):
        until_it_answers(f"http://127.0.0.1:{port}/sign-in", process)
        for how in (signal.SIGKILL, signal.SIGINT):
            before = number_in(running)
            os.kill(int(before), how)
            until(partial(is_another, running, before), "it stayed away")
            until(lambda: looked_up(port) < httpx.codes.INTERNAL_SERVER_ERROR, "the page did not come back")
        process.terminate()
        process.wait(LIMIT_SECONDS)
    assert not running.exists()
    assert "the database has ended and is started again" in said.read_text()  # by this process or by its worker
    assert "Traceback" not in said.read_text()


def number_in(running: Path) -> str:
    return running.read_text().partition("\n")[0] if running.exists() else ""


def is_another(running: Path, before: str) -> bool:
    return number_in(running) not in {"", before}


def looked_up(port: int) -> int:
    """How a page is answered for which the database is asked who it is that asks."""
    address = f"http://127.0.0.1:{port}/sign-in"
    return httpx.get(address, cookies={SESSION_COOKIE: "any"}, timeout=LIMIT_SECONDS).status_code


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_end_ends_in_order(environment, how):
    """A service manager tells every process of a service, and so does Ctrl-C at a terminal."""
    with begun("worker", env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        while "At work" not in (line := worker.stdout.readline()):
            assert line, "it did not begin"
        worker.send_signal(how)
        said, _ = worker.communicate(timeout=LIMIT_SECONDS)
    assert worker.returncode in {128 + how, 130}
    assert "Traceback" not in said
    assert not (Path(environment["ANPEI_VAR"]) / "postgres" / "postmaster.pid").exists()


def test_a_worker_hears_it_even_where_its_waiting_thread_is_not_the_one_that_is_woken():
    """So it is for a signal that comes in the last moment before the wait."""
    ended = subprocess.run(WAITS, cwd=HOUSE, check=False, stderr=subprocess.PIPE, text=True, timeout=LIMIT_SECONDS)
    assert ended.stderr == "told\n"


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused({"ANPEI_VAR": str(tmp_path)}, "serve", "--port", str(port))
    assert f"Port {port} of 127.0.0.1 cannot be used (Address already in use)" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_that_is_away_is_said_in_one_sentence(tmp_path, command):
    nowhere = {"ANPEI_DATABASE_URL": "postgresql://owner@127.0.0.1:1/anpei", "ANPEI_VAR": str(tmp_path)}
    port = ["--port", str(free_port())] if command == "serve" else []
    said = refused(nowhere, command, *port)
    assert "The database cannot be used" in said
    assert "Traceback" not in said


def refused(environment: dict[str, str], *arguments: str) -> str:
    """What a command says that ends with 1."""
    made = os.environ | environment
    ended = subprocess.run(
        [*COMMAND, *arguments], cwd=HOUSE, env=made, check=False, capture_output=True, text=True, timeout=240
    )
    assert ended.returncode == 1, ended.stderr
    return ended.stdout + ended.stderr
