"""A thread a face, which goes its rounds: periodic deeds that are due come first, then for a while whatever waits.

What goes wrong ends one round and no more. A database that is away is said once and then from time to time, not by
every thread with every round.
"""

import threading
from collections.abc import Callable
from functools import partial
from time import monotonic

import psycopg
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from kernel.events import Errand, Periodic
from kernel.faces import Face
from kernel.jobs import run_periodic
from kernel.logs import Reminder
from kernel.work import OutcomeUnknown, Workplace

log = structlog.get_logger()

DATABASE_IS_AWAY = (OperationalError, InterfaceError, OutcomeUnknown, psycopg.OperationalError)
LOOK_EVERY_SECONDS = 0.4
STOP_WITHIN_SECONDS = 10.0

KeepGoing = Callable[[], bool]
DoWaiting = Callable[[Face, KeepGoing], int]  # does what waits for a face; how much of it was done


class Rounds:
    """So much is done at once by a process: one thing for each face.

    Args:
        workplace: of this process.
        faces: for which it works; the public one has nothing to do.
        do_waiting: what is done between looks at the clock.
        seconds: how long it may go on before the next such look.
        heavy: whether this process does the heavy periodic deeds, or the others.
    """

    def __init__(
        self, workplace: Workplace, faces: tuple[Face, ...], do_waiting: DoWaiting, *, seconds: float, heavy: bool
    ) -> None:
        self.workplace = workplace
        self.do_waiting = do_waiting
        self.seconds = seconds
        self.heavy = heavy
        self.stopping = threading.Event()
        self.reminder = Reminder()
        working = [face for face in faces if face is not Face.PUBLIC]
        self.threads = [
            threading.Thread(target=self._run, args=(face,), name=f"rounds-{face}", daemon=True) for face in working
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
            if not self._do_waiting(face):
                self.stopping.wait(LOOK_EVERY_SECONDS)

    def _periodic(self, face: Face) -> list[Periodic | Errand]:
        periodic = self.workplace.wiring.periodic
        return [each for each in periodic if each.face is face and each.is_heavy == self.heavy]

    def _run_due(self, face: Face, due: dict[str, float]) -> None:
        for periodic in self._periodic(face):
            if monotonic() >= due[periodic.name] and not self.stopping.is_set():
                due[periodic.name] = monotonic() + periodic.seconds
                self._guarded(partial(run_periodic, self.workplace, periodic), face, periodic.name)

    def _do_waiting(self, face: Face) -> int:
        """Do what waits for one round; how much was done."""
        limit = monotonic() + self.seconds

        def going() -> bool:
            return not self.stopping.is_set() and monotonic() < limit

        return self._guarded(partial(self.do_waiting, face, going), face, "what waits") or 0

    def _guarded(self, deed: Callable[[], int | None], face: Face, name: str) -> int | None:
        try:
            return deed()
        except DATABASE_IS_AWAY as fault:
            self.reminder.error("the database is away", type(fault).__name__, self.workplace.clock.now())
        except Exception:  # one deed that fails keeps no other from being done
            log.exception("worker", face=face.value, deed=name)
        return None
