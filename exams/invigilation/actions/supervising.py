"""What invigilators do in the room. Each act takes a reason and leaves a line in the room record."""

from collections.abc import Mapping
from uuid import UUID

from exams.arrivals import actions as arriving
from exams.arrivals import queries as arrivals
from exams.arrivals.errors import NotCheckedIn
from exams.attempts import queries as attempts
from exams.attempts.actions import finishing, helping
from exams.attempts.errors import AttemptIsOver
from exams.breaches import actions as breaching
from exams.breaches import queries as breaches
from exams.breaches.rules import Breach
from exams.invigilation import queries
from exams.invigilation.actions.noting import note, said
from exams.invigilation.errors import (
    AttemptsStillOpen,
    BreachesUndecided,
    RecordStillOpen,
    ResultIsRecorded,
    SheetsUnsigned,
)
from exams.invigilation.rules import NoteKind, record_digest
from exams.registrations import queries as registrations
from exams.results import queries as results
from exams.sittings import actions as stepping
from exams.sittings import queries as sittings
from exams.sittings.queries.room import hold_room
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.work import Work, action
from people.access.rules import Permission

RECORD_FINISHED = (SittingState.CLOSED, SittingState.RELEASED, SittingState.ANNULLED)


@action(needs=Permission.INVIGILATE)
def open_room(work: Work, *, sitting_id: UUID) -> None:
    """Open the sitting; from now on checked-in candidates may start. Raises what `open_sitting` raises."""
    _enter(work, sitting_id)
    stepping.open_sitting(work, sitting_id)
    note(work, sitting_id, NoteKind.OPENED)


@action(needs=Permission.INVIGILATE)
def close_room(work: Work, *, sitting_id: UUID) -> None:
    """Close the sitting when nobody works any more, every breach is decided and, in a practical, all sheets are signed.

    Raises:
        AttemptsStillOpen, BreachesUndecided, SheetsUnsigned, and what `close_sitting` raises.
    """
    _enter(work, sitting_id)  # nobody starts between the count and the closing
    still_open = attempts.open_attempts(work, sitting_id)
    if still_open:
        raise AttemptsStillOpen(count=still_open)
    found = breaches.breaches_in(work, sitting_id)
    _require_decided(work, sitting_id, found)
    if sittings.sitting(work, sitting_id).part is Part.PRACTICAL:
        _require_signed_sheets(work, sitting_id, found)
    stepping.close_sitting(work, sitting_id)
    note(work, sitting_id, NoteKind.CLOSED)


def _require_decided(work: Work, sitting_id: UUID, found: Mapping[UUID, Breach]) -> None:
    waiting = [
        row.name for row in registrations.seated(work, sitting_id) if row.id in found and found[row.id].is_undecided
    ]
    if waiting:
        raise BreachesUndecided(names="、".join(waiting))


def _require_signed_sheets(work: Work, sitting_id: UUID, found: Mapping[UUID, Breach]) -> None:
    """Whoever came to a practical has a result as soon as the last sheet is signed; not who was sent out or voided."""
    marked = results.results_of_sitting(work, sitting_id)
    came = [row for row in registrations.seated(work, sitting_id) if row.attended_at and row.is_open]
    unsigned = [row for row in came if row.id not in marked and row.id not in found]
    if unsigned:
        raise SheetsUnsigned(count=len(unsigned))


@action(needs=Permission.INVIGILATE)
def move(work: Work, *, registration_id: UUID, seat: int, reason: str) -> None:
    """Let a checked-in candidate go on at another seat, or at the same one with another machine.

    All answers and the deadline stay as they are; the paper leaves the old place at once.

    Raises:
        NoSuchRegistration, NotOnDuty, EndedForBreach, NotCheckedIn, AttemptIsOver, ReasonMissing, NoSuchSeat,
        SeatIsTaken
    """
    row, because = arrivals.candidate(work, registration_id), said(reason)
    sitting_id = _enter(work, row.sitting_id)
    breaches.require_not_ended(work, row.id)
    attempt = attempts.attempt_of_registration(work, row.id)
    if attempt is not None and attempt.state.is_over:
        raise AttemptIsOver
    left = arriving.take_seat(work, registration_id=row.id, seat=seat)
    note(work, sitting_id, NoteKind.MOVED, because, about=row.id, **{"from": left, "to": seat})
    if attempt is not None:
        helping.free_desk(work, attempt_id=attempt.id, seat=seat, reason=because)


@action(needs=Permission.INVIGILATE)
def give_time(work: Work, *, attempt_id: UUID, minutes: int, reason: str) -> None:
    """Make up for time that a candidate lost without fault.

    Raises:
        NoSuchAttempt, NotOnDuty, AttemptIsOver, TimeIsUp, MinutesOutOfRange, ReasonMissing
    """
    sitting_id, because = _enter(work, attempts.sitting_of_attempt(work, attempt_id)), said(reason)
    given = helping.add_time(work, attempt_id=attempt_id, minutes=minutes, reason=because)
    note(work, sitting_id, NoteKind.TIME_GIVEN, because, about=given.registration_id, minutes=minutes)


@action(needs=Permission.INVIGILATE)
def propose_breach(work: Work, *, registration_id: UUID, reason: str) -> None:
    """The first of two invigilators finds a breach with somebody who is checked in, begun or not, even after the end.

    The candidate may work on and hand in until it is decided; no result is written down before. Twice is once.

    Raises:
        NoSuchRegistration, NotOnDuty, ReasonMissing, NotCheckedIn, TooLateForBreach
        ResultIsRecorded: the last sheet of a practical is signed.
    """
    row, because = arrivals.candidate(work, registration_id), said(reason)
    sitting_id = _enter(work, row.sitting_id)
    if arrivals.check_in_of(work, row.id) is None:
        raise NotCheckedIn
    is_new = breaching.record_breach(work, sitting_id=sitting_id, registration_id=row.id, reason=because)
    if is_new:
        _require_no_result(work, row.id)
        note(work, sitting_id, NoteKind.BREACH_PROPOSED, because, about=row.id)


@action(needs=Permission.INVIGILATE)
def confirm_breach(work: Work, *, registration_id: UUID) -> None:
    """The second invigilator confirms: what is still open ends, and whatever was answered scores nothing.

    Raises:
        NoSuchRegistration, NotOnDuty, TooLateForBreach, NoBreachToDecide, SecondInvigilatorNeeded, ResultIsRecorded
    """
    row = arrivals.candidate(work, registration_id)
    sitting_id = _enter(work, row.sitting_id)
    _require_no_result(work, row.id)
    breach = breaching.uphold_breach(work, sitting_id=sitting_id, registration_id=row.id)
    note(work, sitting_id, NoteKind.BREACH, breach.reason, about=row.id)
    finishing.end_for_breach(work, registration_id=row.id)


@action(needs=Permission.INVIGILATE)
def dismiss_breach(work: Work, *, registration_id: UUID, reason: str) -> None:
    """Either invigilator finds that it was no breach, and says why; the record keeps that it was thought to be one.

    Raises:
        NoSuchRegistration, NotOnDuty, ReasonMissing, TooLateForBreach, NoBreachToDecide
    """
    row, because = arrivals.candidate(work, registration_id), said(reason)
    sitting_id = _enter(work, row.sitting_id)
    breaching.drop_breach(work, sitting_id=sitting_id, registration_id=row.id, because=because)
    note(work, sitting_id, NoteKind.BREACH_DISMISSED, because, about=row.id)


def _require_no_result(work: Work, registration_id: UUID) -> None:
    if results.result_of_registration(work, registration_id) is not None:
        raise ResultIsRecorded


@action(needs=Permission.INVIGILATE)
def note_incident(
    work: Work, *, text: str, sitting_id: UUID | None = None, registration_id: UUID | None = None
) -> None:
    """Write a line into the room record, about a whole sitting or about one candidate.

    Raises:
        NoSuchRegistration, NotOnDuty, ReasonMissing, RecordIsSigned
    """
    if registration_id is not None:
        sitting_id = arrivals.candidate(work, registration_id).sitting_id
    sitting_id = _enter(work, sitting_id)
    note(work, sitting_id, NoteKind.INCIDENT, said(text), about=registration_id)


@action(needs=Permission.INVIGILATE)
def sign_record(work: Work, *, sitting_id: UUID) -> None:
    """An invigilator signs the room record of a closed sitting; signing twice adds nothing.

    Raises:
        NoSuchSitting, NotOnDuty, RecordStillOpen
    """
    _enter(work, sitting_id)  # a line that is being written is waited for; none is added beside a signature
    if sittings.sitting(work, sitting_id).state not in RECORD_FINISHED:
        raise RecordStillOpen
    notes = queries.room_record(work, sitting_id)
    signers = {line.by_person_id for line in notes if line.kind is NoteKind.SIGNED}
    if work.actor.person_id not in signers:
        note(work, sitting_id, NoteKind.SIGNED, name=work.actor.name, digest=record_digest(notes))


def _enter(work: Work, sitting_id: UUID | None) -> UUID:
    """Act in a room in which the actor is on duty, and nobody beside until this work is over. Raises NotOnDuty."""
    assert sitting_id is not None
    sittings.require_on_duty(work, sitting_id)
    hold_room(work, sitting_id, exclusively=True)
    return sitting_id
