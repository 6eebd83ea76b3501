"""The main process of an embedded PostgreSQL: started, waited for while it recovers, ended; never two on one folder.

Only the folder says whether it is there: whoever uses the server may have been started, or killed, by somebody else.
Starting and ending is done by whoever holds `one_at_a_time`.
"""

import fcntl
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import IO

import psutil
import structlog

from kernel.errors import N_, Problem

log = structlog.get_logger()

SOCKETS_ARE_IN, STATUS_IS_IN = 4, 7  # lines of postmaster.pid, counted from 0
LOOK_EVERY_SECONDS = 0.05
TELL_EVERY_SECONDS = 5.0
END_WITHIN_SECONDS = 60.0
CONNECTIONS = 300  # pools of every face, worker processes, people at a shell; see host/connections.py
WORDS_OF_THE_END = re.compile(r"(?:FATAL|PANIC): +(.*)")
WORDS_OF_RECOVERY = re.compile(r"LOG: +(.*)")


class DatabaseDoesNotStart(Problem):
    sentence = N_("The embedded database does not start. It said: %(said)s. Its whole log: %(log)s")


class StartGivenUp(Problem):
    sentence = N_("The embedded database was still recovering when this process was told to end.")


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Start or end the server of `folder` alone. The kernel takes the lock back from a process that is killed."""
    with folder.with_name(f"{folder.name}.lock").open("a") as lock:
        begun = told = monotonic()
        while not is_free(lock):
            if monotonic() - told > TELL_EVERY_SECONDS:
                told = monotonic()
                log.warning("another process starts the database; waiting for it", seconds=round(told - begun))
            sleep(LOOK_EVERY_SECONDS)
        yield


def is_free(lock: IO[str]) -> bool:
    """Whether nobody else holds a lock on this file, and it is ours from now on."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Programs:
    """Where PostgreSQL's programs are, and as whom they run where we are root (it refuses to run as root)."""

    folder: Path
    user: str | None


class Postmaster:
    """PostgreSQL on `folder`, with its socket in the folder `sockets`."""

    def __init__(self, folder: Path, programs: Programs, sockets: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.sockets = sockets
        self.log = folder / "log"
        self._started: subprocess.Popen[bytes] | None = None

    def is_alive(self) -> bool:
        """Whether it is there: starting, serving or ending."""
        return pid_of(self.folder) is not None

    def start(self, keep_waiting: Callable[[], bool] = lambda: True) -> None:
        """Start it, unless it is there, and wait while it recovers, which may take an hour after a power cut.

        Raises:
            DatabaseDoesNotStart: it ended instead.
            StartGivenUp: `keep_waiting` said no; it recovers on.
        """
        said_before = self.log.stat().st_size if self.log.exists() else 0
        self._started = None
        begun = told = monotonic()
        while not self._is_ready():
            if self._started is None and not self.is_alive():  # it may just have been ending
                _forget_dead_server(self.folder)
                self._started = self._run()
            if self._started is not None and self._started.poll() is not None:
                raise DatabaseDoesNotStart(said=self._said(said_before, WORDS_OF_THE_END), log=str(self.log))
            if not keep_waiting():
                raise StartGivenUp
            if monotonic() - told > TELL_EVERY_SECONDS:
                told = monotonic()
                it_says = self._said(said_before, WORDS_OF_RECOVERY)
                log.warning("the database is recovering", seconds=round(told - begun), it_says=it_says)
            sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """End it: whoever is connected is cut off, what was committed is kept."""
        pid = pid_of(self.folder)
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if pid is None:
                break
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            limit = monotonic() + END_WITHIN_SECONDS
            while (pid := pid_of(self.folder)) is not None and monotonic() < limit:
                sleep(LOOK_EVERY_SECONDS)
        if self._started is not None:
            self._started.poll()  # take note of its end, so that no name of it is left among the processes

    def _run(self) -> "subprocess.Popen[bytes]":
        command = [str(self.programs.folder / "postgres"), "-D", str(self.folder), "-h", "", "-k", str(self.sockets)]
        command += ["-N", str(CONNECTIONS)]
        with self.log.open("ab") as said:
            return subprocess.Popen(  # noqa: S603 - our own command; ended by `stop`
                command,
                user=self.programs.user,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,  # Ctrl-C at our terminal is no word to it
            )

    def _is_ready(self) -> bool:
        lines = _marks(self.folder)
        return len(lines) > STATUS_IS_IN and lines[STATUS_IS_IN].strip() == "ready" and self.is_alive()

    def _said(self, after: int, pattern: re.Pattern[str]) -> str:
        """The last such line of its log that was written beyond `after`."""
        with self.log.open("rb") as file:
            file.seek(after)
            said = pattern.findall(file.read().decode(errors="replace"))
        return said[-1] if said else "nothing"


def sockets_of(folder: Path) -> Path | None:
    """Where the server of `folder` has its socket, while it is there."""
    lines = _marks(folder)
    return Path(lines[SOCKETS_ARE_IN]) if len(lines) > SOCKETS_ARE_IN and pid_of(folder) is not None else None


def pid_of(folder: Path) -> int | None:
    """The process that serves `folder`. After a power cut the number in its mark may be anybody's."""
    number = next(iter(_marks(folder)), "")
    return int(number) if number.isdigit() and _is_server(int(number), folder) else None


def _marks(folder: Path) -> list[str]:
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _forget_dead_server(folder: Path) -> None:
    """Drop the marks of a server that a power cut ended, else it takes whoever has its number now for itself.

    Its orphans, if there are any left, hold its shared memory, and by that keep a second server from starting.
    """
    lines = _marks(folder)
    sockets = Path(lines[SOCKETS_ARE_IN]) if len(lines) > SOCKETS_ARE_IN else folder
    for each in (folder / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")):
        number = each.read_text().partition("\n")[0] if each.exists() else None
        if number is not None and not (number.isdigit() and _is_server(int(number), folder)):
            each.unlink()


def _is_server(pid: int, folder: Path) -> bool:
    try:
        return str(folder) in psutil.Process(pid).cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
