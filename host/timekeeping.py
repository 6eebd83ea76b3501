"""Whether the machine's calendar has jumped: looked at in every process that serves or works.

While exams are held nothing follows a jump: it is said, in the log and on the consoles, and a person decides. Where
none is held the calendar is believed, and that is said too.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from sqlalchemy import func, select

from exams.sittings import queries as sittings
from kernel.actor import platform
from kernel.clock import ACCEPTED, JUMP
from kernel.faces import Face
from kernel.logs import Reminder
from kernel.work import Workplace

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 2.0
ACTOR = platform("clock")


class Timekeeper:
    """Looks at the clock of `place`, which is at work for `faces`."""

    def __init__(self, place: Workplace, faces: Sequence[Face]) -> None:
        self.place = place
        self.faces = faces
        self.jumps = Reminder()
        self.databases = Reminder()

    def look(self) -> None:
        """Say a jump, or follow it where nobody sits an exam; say also where the database reckons otherwise."""
        problem = self.place.clock.problem()
        if problem is None:
            self.jumps.over()
            self._compare_database()
        elif self._is_exam_held():
            self.jumps.error(
                "the clock has jumped while exams are held", str(problem), self.place.clock.now(), same="jump"
            )
        else:
            log.warning("the clock has jumped and is believed, for no exam is held", why=str(problem))
            accept(self.place, self.faces[0])

    def _is_exam_held(self) -> bool:
        if Face.EXAMINATION not in self.faces:
            return False
        with self.place.reading(ACTOR, Face.EXAMINATION) as reading:
            return sittings.is_any_open(reading)

    def _compare_database(self) -> None:
        with self.place.reading(ACTOR, self.faces[0]) as reading:
            there = reading.session.scalar(select(func.clock_timestamp()))
        here = self.place.clock.now() - self.place.clock.skipped
        if there is not None and abs(there - here) >= JUMP:
            why = f"{there.isoformat()} there, {here.isoformat()} here"
            self.databases.error("the clock of the database is another", why, self.place.clock.now(), same="database")
        else:
            self.databases.over()


def accept(place: Workplace, face: Face) -> None:
    """Go by the machine's calendar from now on, in all its processes; the audit says so."""
    ahead = place.clock.jumped()
    with place.transaction(ACTOR, face) as work:
        work.note(ACCEPTED, seconds=round(ahead.total_seconds()))
    place.clock.believe_calendar()


@contextmanager
def timekept(place: Workplace, faces: Sequence[Face]) -> Iterator[None]:
    """Within the block the clock is looked at."""
    stopping, keeper = threading.Event(), Timekeeper(place, [face for face in faces if face is not Face.PUBLIC])

    def watch() -> None:
        while not stopping.wait(LOOK_EVERY_SECONDS):
            try:
                keeper.look()
            except Exception as problem:  # noqa: BLE001 - the database may be away, which is said by others
                log.debug("timekeeping", problem=type(problem).__name__)

    watching = threading.Thread(target=watch, name="timekeeping", daemon=True)
    if keeper.faces:
        watching.start()
    try:
        yield
    finally:
        stopping.set()
