"""The worker: does what is to be done from time to time and delivers announced facts, beside the web process.

What the clock wants comes first: a thousand papers handed in at once must not keep the time from running out elsewhere.
"""

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
ROUND_SECONDS = 1.0  # so long facts are delivered before it is looked again what the clock wants


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
            self._run_due(face, due)
            if not self._deliver(face):
                self.stopping.wait(LOOK_EVERY_SECONDS)

    def _deliver(self, face: Face) -> bool:
        """Deliver for one round; whether its time was over before the facts were."""
        limit = monotonic() + ROUND_SECONDS
        try:
            deliver_due(self.workplace, face, keep_going=lambda: not self.stopping.is_set() and monotonic() < limit)
        except Exception:  # the database may be away for a moment; the worker must outlast it
            log.exception("worker", face=face.value)
            return False
        return monotonic() >= limit

    def _periodic(self, face: Face) -> list[Periodic]:
        return [each for each in self.workplace.wiring.periodic if each.face is face and not each.is_heavy]

    def _run_due(self, face: Face, due: dict[str, float]) -> None:
        for periodic in self._periodic(face):
            if monotonic() >= due[periodic.name] and not self.stopping.is_set():
                due[periodic.name] = monotonic() + periodic.seconds
                try:
                    run_periodic(self.workplace, periodic)
                except Exception:  # one deed that fails keeps no other from being done
                    log.exception("worker", face=face.value, deed=periodic.name)
