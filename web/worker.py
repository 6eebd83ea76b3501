"""The worker: delivers announced facts and does what is to be done from time to time, beside the web process."""

import threading
from time import monotonic

import structlog

from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import deliver_due, run_periodic
from kernel.work import Workplace

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.4
STOP_WITHIN_SECONDS = 10.0


class Worker:
    """One thread for each hosted face, so that a slow reaction of one does not hold up another."""

    def __init__(self, workplace: Workplace, faces: tuple[Face, ...]) -> None:
        self.workplace = workplace
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self._run, args=(face,), name=f"worker-{face}", daemon=True)
            for face in faces
            if face is not Face.PUBLIC
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is under way and stop; what takes longer than STOP_WITHIN_SECONDS is rolled back."""
        self.stopping.set()
        limit = monotonic() + STOP_WITHIN_SECONDS
        for thread in self.threads:
            if thread.is_alive():
                thread.join(timeout=max(0.0, limit - monotonic()))

    def _run(self, face: Face) -> None:
        due = {periodic.name: monotonic() for periodic in self._periodic(face)}
        while not self.stopping.is_set():
            try:
                deliver_due(self.workplace, face, keep_going=lambda: not self.stopping.is_set())
                self._run_due(face, due)
            except Exception:  # the database may be away for a moment; the worker must outlast it
                log.exception("worker", face=face.value)
            self.stopping.wait(LOOK_EVERY_SECONDS)

    def _periodic(self, face: Face) -> list[Periodic]:
        return [periodic for periodic in self.workplace.wiring.periodic if periodic.face is face]

    def _run_due(self, face: Face, due: dict[str, float]) -> None:
        for periodic in self._periodic(face):
            if monotonic() >= due[periodic.name]:
                due[periodic.name] = monotonic() + periodic.seconds
                run_periodic(self.workplace, periodic)
