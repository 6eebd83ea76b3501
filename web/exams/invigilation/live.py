"""What a console is told of its room while it is watched."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from exams.invigilation.queries import troubles_in, watching
from exams.invigilation.queries.watching import Sitter, WatchedRoom
from exams.sittings import queries as sittings
from exams.sittings.events import SITTING
from kernel.actor import platform
from kernel.faces import Face
from kernel.work import Workplace
from people.access.rules import Permission
from web import words
from web.frame.watching import Look, Shown, Watch

ACTOR = platform("watching rooms")
LAG_IS_TOLD_EVERY = timedelta(seconds=10)


def shown(room: WatchedRoom, now: datetime, *, has_clock_problem: bool = False) -> Shown:
    """What the map shows of `room`: its places, and between two maps the time and how many have answered how much."""
    lagging = sorted(sitter.seat for sitter in room.sitters.values() if sitter.stands.is_lagging(now))
    looks = (
        has_clock_problem,
        room.sitting.state.value,
        [(one.person_id, one.taken_up_at) for one in room.on_duty],
        sorted(_place(room, registration_id, sitter, now) for registration_id, sitter in room.sitters.items()),
        # All who lag are told for how long at the same moments, else a room without network would be told all the time.
        (lagging, int(now.timestamp()) // int(LAG_IS_TOLD_EVERY.total_seconds())) if lagging else None,
    )
    answered = {f"answered-{sitter.seat}": str(sitter.answered) for sitter in room.sitters.values() if sitter.has_begun}
    mark = hashlib.blake2b(repr(looks).encode(), digest_size=9).hexdigest()
    return Shown(mark, {"now": words.hour(now), **answered})


def _place(room: WatchedRoom, registration_id: UUID, sitter: Sitter, now: datetime) -> tuple[object, ...]:
    stands = sitter.stands
    troubles = [trouble.value for trouble in troubles_in(room.sitting, stands, now)]
    return (sitter.seat, str(registration_id), stands.presence.value, stands.heard_at is not None, troubles)


def _look(place: Workplace, seen: Mapping[UUID, WatchedRoom | None]) -> dict[UUID, Look[WatchedRoom]]:
    has_problem = place.clock.problem() is not None
    with place.reading(ACTOR, Face.EXAMINATION) as reading:
        rooms = watching.look(reading, seen)
        return {
            sitting_id: Look(room, shown(room, reading.now, has_clock_problem=has_problem))
            for sitting_id, room in rooms.items()
        }


ROOM = Watch(
    face=Face.EXAMINATION,
    channel=SITTING,
    needs=Permission.INVIGILATE,
    require=sittings.require_on_duty,
    look=_look,
)
