"""`anpei serve` as a process: told to end, it ends in order, and leaves neither its port nor its database behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

HOUSE = Path(__file__).parent.parent.parent.parent


COMMAND = [sys.executable, "-c", "from web.cli import main; main()"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own, migrated."""
    made = os.environ | {"ANPEI_VAR": str(tmp_path_factory.mktemp("var"))}
    subprocess.run([*COMMAND, "migrate"], cwd=HOUSE, env=made, check=True, timeout=240)
    return made


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_end_it_stops_its_database_and_frees_its_port(environment, how):
    port = free_port()
    process = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], cwd=HOUSE, env=environment)
    limit = monotonic() + 60
    while not is_answering(port):
        assert process.poll() is None
        assert monotonic() < limit
        sleep(0.1)
    running = Path(environment["ANPEI_VAR"]) / "postgres" / "postmaster.pid"
    assert running.exists()
    process.send_signal(how)
    process.wait(20)
    assert not running.exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def is_answering(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/sign-in", timeout=20).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
