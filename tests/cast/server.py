"""The real server as a process of its own, which can be killed."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from host.machine import Machine
from kernel.settings import libpq
from tests.cast.waiting import LIMIT_SECONDS, until

HOUSE = Path(__file__).parent.parent.parent
PORTS = range(20_000, 32_000)


class Server:
    """`anpei serve` on the database of `machine`, always at the same address."""

    def __init__(self, machine: Machine) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "ANPEI_DATABASE_URL": libpq(machine.owner_url()),
            "ANPEI_VAR": str(machine.settings.var.resolve()),
            "ANPEI_WITNESS_FILE": str(machine.settings.witness.resolve()),
            "ANPEI_FILES": str(Path(machine.settings.files_address).resolve()),
            "ANPEI_DEMONSTRATION": "true",
            "PYTHONPATH": str(HOUSE),
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-c", "from host.cli import main; main()", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=HOUSE, env=self.environment)
        until_it_answers(f"{self.url}/sign-in", self.process)

    def kill(self) -> None:
        """kill -9: no farewell, nothing is put in order."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(LIMIT_SECONDS)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LIMIT_SECONDS)


def until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server that is starting answers at `url`; fail where it ends instead."""

    def look() -> bool:
        assert process.poll() is None, "the server ended by itself"
        try:
            return httpx.get(url, timeout=20).status_code < httpx.codes.INTERNAL_SERVER_ERROR
        except httpx.TransportError:
            return False

    until(look, "the server did not start in time")


def free_port() -> int:
    """A port that nobody uses, nor takes by itself while a server is between two lives.

    Those that the system hands out, to whoever asks for any and to every connection that somebody opens, begin above.
    """
    for _ in range(1_000):
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
