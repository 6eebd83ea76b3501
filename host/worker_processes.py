"""Worker processes beside the one that serves: started with it, started again when one dies, ended with it.

A worker holds the reading end of a pipe whose other end nobody but the serving process has: however that dies, the
worker sees it and ends.
"""

import subprocess
import sys
import threading
from collections.abc import Sequence
from time import monotonic
from typing import Self

import structlog

from kernel.faces import Face

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.5
END_WITHIN_SECONDS = 15.0
STEADY_AFTER_SECONDS = 10.0  # one that died sooner is not started again at once, lest it die all day long
WAIT_AT_MOST_SECONDS = 30.0


class WorkerProcesses:
    """So many processes of `anpei worker` for these faces, from entering the block to leaving it."""

    def __init__(self, faces: Sequence[Face], count: int) -> None:
        chosen = [argument for face in faces for argument in ("--face", face.value)]
        self.command = [sys.executable, "-c", "from host.cli import main; main()", "worker", "--beside", *chosen]
        self.places = [_Place(self.command) for _ in range(count)]
        self.stopping = threading.Event()
        self.watch = threading.Thread(target=self._watch, name="worker-processes", daemon=True)

    def __enter__(self) -> Self:
        for place in self.places:
            place.start()
        self.watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.watch.join()
        for place in self.places:
            place.ask_to_end()
        for place in self.places:
            place.end()

    @property
    def pids(self) -> list[int]:
        """The processes that are there now."""
        return [place.process.pid for place in self.places if place.process]

    def _watch(self) -> None:
        while not self.stopping.wait(LOOK_EVERY_SECONDS):
            for place in self.places:
                place.look()


class _Place:
    """Where one worker process is, or is missing."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.not_before = 0.0
        self.deaths = 0

    def start(self) -> None:
        # Ctrl-C at our terminal is told to us alone, and by us to the workers.
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own
        self.started = monotonic()

    def look(self) -> None:
        """Start a dead one again; one that keeps dying ever later."""
        now = monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.deaths = 0 if now - self.started > STEADY_AFTER_SECONDS else self.deaths + 1
            self.not_before = now + min(WAIT_AT_MOST_SECONDS, 2.0**self.deaths - 1)
            log.error("a worker process has ended and is started again", code=self.process.returncode)
            self._forget()
        if self.process is None and now >= self.not_before:
            self.start()

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.terminate()

    def end(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(END_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _forget(self) -> None:
        self.ask_to_end()
        self.process = None
