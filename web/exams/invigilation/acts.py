"""Acts about one candidate: each takes a tap, and a reason where the rules ask for one."""

from collections.abc import Callable
from uuid import UUID

from exams.arrivals.errors import NotCompared
from exams.attempts import queries
from exams.attempts.errors import NoSuchAttempt
from exams.attempts.rules import AttemptId
from exams.invigilation.actions import admitting, supervising
from kernel.work import Reading, Work
from web.typed import TypedReason


class Typed(TypedReason):
    """What came with the act, as it was typed."""

    seat: str = ""
    minutes: str = ""
    compared: str = ""


def _check_in(work: Work, registration_id: UUID, typed: Typed) -> None:
    if typed.compared != "yes":
        raise NotCompared({"compared": NotCompared()})
    admitting.check_in(work, registration_id=registration_id)


def _let_in(work: Work, registration_id: UUID, typed: Typed) -> None:
    admitting.let_in_late(work, registration_id=registration_id, reason=typed.said())


def _move(work: Work, registration_id: UUID, typed: Typed) -> None:
    supervising.move(work, registration_id=registration_id, seat=_whole(typed.seat), reason=typed.said())


def _give_time(work: Work, registration_id: UUID, typed: Typed) -> None:
    attempt_id = _attempt(work, registration_id)
    supervising.give_time(work, attempt_id=attempt_id, minutes=_whole(typed.minutes), reason=typed.said())


def _propose_breach(work: Work, registration_id: UUID, typed: Typed) -> None:
    supervising.propose_breach(work, registration_id=registration_id, reason=typed.said())


def _confirm_breach(work: Work, registration_id: UUID, _: Typed) -> None:
    supervising.confirm_breach(work, registration_id=registration_id)


def _dismiss_breach(work: Work, registration_id: UUID, typed: Typed) -> None:
    supervising.dismiss_breach(work, registration_id=registration_id, reason=typed.said())


def _note(work: Work, registration_id: UUID, typed: Typed) -> None:
    supervising.note_incident(work, registration_id=registration_id, text=typed.said())


ACTS: dict[str, Callable[[Work, UUID, Typed], None]] = {
    "check-in": _check_in,
    "let-in": _let_in,
    "move": _move,
    "give-time": _give_time,
    "propose-breach": _propose_breach,
    "confirm-breach": _confirm_breach,
    "dismiss-breach": _dismiss_breach,
    "note": _note,
}


def _attempt(reading: Reading, registration_id: UUID) -> AttemptId:
    attempt = queries.attempt_of_registration(reading, registration_id)
    if attempt is None:
        raise NoSuchAttempt
    return attempt.id


def _whole(typed: str) -> int:
    """A whole number that was chosen from a list; anything else is none that a rule accepts."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0  # noqa: PLR2004
