"""Deliveries that did not arrive yet: what waits, what fails and why, and trying it again.

Facts are never read here. The registry looks over all faces through a view that holds names, times, tries and the kind
of failure only; every other face sees its own. Running deliveries is the affair of `jobs`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, cast, column, func, select, table

from kernel.errors import N_, NotFound
from kernel.events import Wiring
from kernel.faces import Face
from kernel.logs import Reminder
from kernel.work import Reading, Work, action

KEEP = "kernel:deliveries:keep"
SHOWN_AT_MOST = 200
NAMED_AT_MOST = 5

_WAITING = table(
    "waiting_deliveries",
    *(column(name) for name in ("id", "role", "reaction", "event", "created_at", "run_after", "tries", "cause")),
    schema="kernel",
)
_FACES = {face.role: face for face in Face}


class NoSuchDelivery(NotFound):
    sentence = N_("No such delivery waits here: it has arrived, or it belongs to another part of the platform.")


class State(StrEnum):
    """How it stands with a delivery that did not arrive yet."""

    UNKNOWN = "unknown"  # nothing of this version reacts under its name: without somebody's help it waits for ever
    FAILING = "failing"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A fact on its way, without the fact.

    `cause` is a sentence whose places are not filled, or the name of an error; None where it was not tried yet.
    """

    id: UUID
    face: Face
    reaction: str
    event: str
    announced_at: datetime
    due_at: datetime
    tries: int
    cause: str | None
    state: State


def waiting(reading: Reading, wiring: Wiring, *, most: int | None = SHOWN_AT_MOST) -> tuple[Delivery, ...]:
    """What did not arrive, as far as this face may see: the unknown first, then what failed, then the oldest.

    At most `most`, None for all; `how_many` counts all.
    """
    known = _WAITING.c.reaction.in_(_names(wiring))
    rows = reading.session.execute(select(_WAITING).order_by(known, _WAITING.c.tries == 0, _WAITING.c.id).limit(most))
    wired = _wired(wiring)
    return tuple(
        Delivery(
            id=row.id,
            face=_FACES[row.role],
            reaction=row.reaction,
            event=row.event,
            announced_at=row.created_at,
            due_at=row.run_after,
            tries=row.tries,
            cause=row.cause,
            state=_state(row.tries, is_wired=(row.role, row.reaction, row.event) in wired),
        )
        for row in rows
    )


def how_many(reading: Reading) -> int:
    """How many deliveries did not arrive yet, as far as this face may see."""
    return reading.session.scalar(select(func.count()).select_from(_WAITING)) or 0


@action(needs=KEEP)
def try_again(work: Work, ids: tuple[UUID, ...]) -> int:
    """Have these deliveries tried now instead of later; how many of them still waited. Raises NoSuchDelivery."""
    moved = func.kernel.try_again(cast(list(ids), ARRAY(Uuid)), work.now)
    found = work.session.scalars(select(moved)).all()
    if not found:
        raise NoSuchDelivery
    for each in found:
        work.note("kernel.delivery_tried_again", subject=each)
    return len(found)


def report_unknown(work: Work, *, wiring: Wiring, reminder: Reminder) -> None:
    """Raise the alarm in the log about deliveries of this face under names that nothing reacts to."""
    wired = [(reaction, event) for role, reaction, event in _wired(wiring) if role == work.face.role]
    rows = work.session.execute(
        select(_WAITING.c.reaction, _WAITING.c.event, func.count().label("times"))
        .where(_WAITING.c.role == work.face.role)
        .group_by(_WAITING.c.reaction, _WAITING.c.event)
        .order_by(_WAITING.c.reaction)
    )
    lost = [f"{row.event} -> {row.reaction} ({row.times})" for row in rows if (row.reaction, row.event) not in wired]
    if lost:
        more = f" and {len(lost) - NAMED_AT_MOST} more names" if len(lost) > NAMED_AT_MOST else ""
        why = f"{', '.join(lost[:NAMED_AT_MOST])}{more}"
        reminder.error("deliveries under names that nothing reacts to", why, work.now)
    else:
        reminder.over()


def _state(tries: int, *, is_wired: bool) -> State:
    if not is_wired:
        return State.UNKNOWN
    return State.FAILING if tries else State.WAITING


def _wired(wiring: Wiring) -> frozenset[tuple[str, str, str]]:
    return frozenset((each.face.role, each.name, each.event.NAME) for each in wiring.reactions)


def _names(wiring: Wiring) -> list[str]:
    return sorted({each.name for each in wiring.reactions})
