"""What a worker process does: steps of long tasks, and periodic deeds too heavy for a process that serves a room."""

import threading
from collections.abc import Mapping
from time import monotonic

import structlog

from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import run_periodic
from kernel.tasks import Kind
from kernel.tasks.running import run_due
from kernel.work import Workplace

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.5
ROUND_SECONDS = 5.0
STOP_WITHIN_SECONDS = 10.0


class Runner:
    """One thread for each face: so many steps are done at once by a process, and no more."""

    def __init__(self, workplace: Workplace, kinds: Mapping[str, Kind], faces: tuple[Face, ...]) -> None:
        self.workplace = workplace
        self.kinds = kinds
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self._run, args=(face,), name=f"runner-{face}", daemon=True)
            for face in faces
            if face is not Face.PUBLIC
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Finish the steps that are under way and stop; what takes longer than STOP_WITHIN_SECONDS is rolled back."""
        self.stopping.set()
        limit = monotonic() + STOP_WITHIN_SECONDS
        for thread in self.threads:
            if thread.is_alive():
                thread.join(timeout=max(0.0, limit - monotonic()))

    def _run(self, face: Face) -> None:
        due = {periodic.name: monotonic() for periodic in self._periodic(face)}
        while not self.stopping.is_set():
            self._run_due(face, due)
            if not self._steps(face):
                self.stopping.wait(LOOK_EVERY_SECONDS)

    def _steps(self, face: Face) -> int:
        """Do steps for one round; how many were done."""
        limit = monotonic() + ROUND_SECONDS
        try:
            return run_due(
                self.workplace, self.kinds, face, keep_going=lambda: not self.stopping.is_set() and monotonic() < limit
            )
        except Exception:  # the database may be away for a moment; the worker must outlast it
            log.exception("worker process", face=face.value)
            return 0

    def _periodic(self, face: Face) -> list[Periodic]:
        return [each for each in self.workplace.wiring.periodic if each.face is face and each.is_heavy]

    def _run_due(self, face: Face, due: dict[str, float]) -> None:
        for periodic in self._periodic(face):
            if monotonic() >= due[periodic.name] and not self.stopping.is_set():
                due[periodic.name] = monotonic() + periodic.seconds
                try:
                    run_periodic(self.workplace, periodic)
                except Exception:  # one deed that fails keeps no other from being done
                    log.exception("worker process", face=face.value, deed=periodic.name)
