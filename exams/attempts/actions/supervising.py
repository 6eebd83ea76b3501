"""What invigilators do in the room. Each act takes a reason and leaves a line in the room record."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.attempts import queries
from exams.attempts.actions.finishing import finish
from exams.attempts.actions.noting import note, said
from exams.attempts.errors import (
    AttemptIsOver,
    AttemptsStillOpen,
    NoSuchAttempt,
    RecordStillOpen,
    SecondInvigilatorNeeded,
    SheetsUnsigned,
)
from exams.attempts.events import BreachProposed, DeskFreed, TimeGiven
from exams.attempts.rules import NoteKind, State, check_seat, record_digest
from exams.attempts.tables import AttemptRecord, BreachRecord
from exams.registrations import queries as registrations
from exams.results import queries as results
from exams.sittings import actions as stepping
from exams.sittings import queries as sittings
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.work import Work, action
from people.access.rules import Permission

RECORD_FINISHED = (SittingState.CLOSED, SittingState.RELEASED, SittingState.ANNULLED)


@action(needs=Permission.INVIGILATE)
def open_room(work: Work, *, sitting_id: UUID) -> None:
    """Open the sitting; from now on checked-in candidates may start. Raises what `open_sitting` raises."""
    stepping.open_sitting(work, sitting_id)
    note(work, sitting_id, NoteKind.OPENED)


@action(needs=Permission.INVIGILATE)
def close_room(work: Work, *, sitting_id: UUID) -> None:
    """Close the sitting when nobody works any more and, in a practical, every sheet is signed.

    Raises:
        AttemptsStillOpen, SheetsUnsigned, and what `close_sitting` raises.
    """
    queries.hold_room(work, sitting_id, exclusively=True)  # nobody starts between the count and the closing
    sittings.require_on_duty(work, sitting_id)
    still_open = queries.open_attempts(work, sitting_id)
    if still_open:
        raise AttemptsStillOpen(count=still_open)
    if sittings.sitting(work, sitting_id).part is Part.PRACTICAL:
        _require_signed_sheets(work, sitting_id)
    stepping.close_sitting(work, sitting_id)
    note(work, sitting_id, NoteKind.CLOSED)


def _require_signed_sheets(work: Work, sitting_id: UUID) -> None:
    """Whoever came to a practical has a result as soon as the last sheet is signed; a void one was concluded."""
    marked = results.results_of_sitting(work, sitting_id)
    came = [row for row in registrations.seated(work, sitting_id) if row.attended_at and row.is_open]
    unsigned = [row for row in came if row.id not in marked]
    if unsigned:
        raise SheetsUnsigned(count=len(unsigned))


@action(needs=Permission.INVIGILATE)
def move(work: Work, *, registration_id: UUID, seat: int, reason: str) -> None:
    """Let a checked-in candidate go on at another seat, or at the same one with another machine.

    All answers and the deadline stay as they are; the paper leaves the old place at once.

    Raises:
        NoSuchRegistration, NotOnDuty, NotCheckedIn, AttemptIsOver, ReasonMissing, NoSuchSeat, SeatIsTaken
    """
    row, because = queries.candidate(work, registration_id), said(reason)
    record = queries.check_in_record(work, row.id)
    attempt = queries.attempt_of_registration(work, row.id)
    if attempt is not None and attempt.state.is_over:
        raise AttemptIsOver
    if seat != record.seat:
        sitting = sittings.sitting(work, record.sitting_id)
        check_seat(seat, seats=queries.seat_numbers(work, sitting), taken=queries.taken_seats(work, sitting.id, row.id))
    note(work, record.sitting_id, NoteKind.MOVED, because, about=row.id, **{"from": record.seat, "to": seat})
    record.seat = seat
    if attempt is not None:
        queries.attempt_record(work, attempt.id).desk_digest = None
        work.announce(DeskFreed(attempt_id=attempt.id, seat=seat, reason=because))


@action(needs=Permission.INVIGILATE)
def give_time(work: Work, *, attempt_id: UUID, minutes: int, reason: str) -> None:
    """Make up for time that a candidate lost without fault.

    Raises:
        NoSuchAttempt, NotOnDuty, AttemptIsOver, TimeIsUp, MinutesOutOfRange, ReasonMissing
    """
    record, because = _supervised(work, attempt_id), said(reason)
    queries.as_rule(record).give_time(minutes, work.now)
    record.extra_minutes += minutes
    record.deadline += timedelta(minutes=minutes)
    note(work, record.sitting_id, NoteKind.TIME_GIVEN, because, about=record.registration_id, minutes=minutes)
    work.announce(TimeGiven(attempt_id=attempt_id, minutes=minutes, reason=because))


@action(needs=Permission.INVIGILATE)
def propose_breach(work: Work, *, attempt_id: UUID, reason: str) -> None:
    """The first of two invigilators finds a breach; the candidate works on until the second confirms. Twice is once.

    Raises:
        NoSuchAttempt, NotOnDuty, AttemptIsOver, ReasonMissing
    """
    record, because = _supervised(work, attempt_id), said(reason)
    added = work.session.execute(
        insert(BreachRecord)
        .values(attempt_id=record.id, reason=because, proposed_by=work.actor.person_id, proposed_at=work.now)
        .on_conflict_do_nothing()
        .returning(BreachRecord.attempt_id)
    ).first()
    if added is not None:
        note(work, record.sitting_id, NoteKind.BREACH_PROPOSED, because, about=record.registration_id)
        work.announce(BreachProposed(attempt_id=attempt_id, reason=because))


@action(needs=Permission.INVIGILATE)
def confirm_breach(work: Work, *, attempt_id: UUID) -> None:
    """The second invigilator confirms: the attempt ends and scores nothing.

    Raises:
        NoSuchAttempt, NotOnDuty, AttemptIsOver, SecondInvigilatorNeeded
    """
    record = _supervised(work, attempt_id)
    breach = work.session.get(BreachRecord, attempt_id)
    if breach is None:
        raise NoSuchAttempt
    if breach.proposed_by == work.actor.person_id:
        raise SecondInvigilatorNeeded
    breach.confirmed_by, breach.confirmed_at = work.actor.person_id, work.now
    note(work, record.sitting_id, NoteKind.BREACH, breach.reason, about=record.registration_id)
    finish(work, record, queries.as_rule(record).end())


@action(needs=Permission.INVIGILATE)
def note_incident(
    work: Work, *, text: str, sitting_id: UUID | None = None, registration_id: UUID | None = None
) -> None:
    """Write a line into the room record, about a whole sitting or about one candidate.

    Raises:
        NoSuchRegistration, NotOnDuty, ReasonMissing, RecordIsSigned
    """
    if registration_id is not None:
        sitting_id = queries.candidate(work, registration_id).sitting_id
    assert sitting_id is not None
    sittings.require_on_duty(work, sitting_id)
    note(work, sitting_id, NoteKind.INCIDENT, said(text), about=registration_id)


@action(needs=Permission.INVIGILATE)
def sign_record(work: Work, *, sitting_id: UUID) -> None:
    """An invigilator signs the room record of a closed sitting; signing twice adds nothing.

    Raises:
        NoSuchSitting, NotOnDuty, RecordStillOpen
    """
    sittings.require_on_duty(work, sitting_id)
    if sittings.sitting(work, sitting_id).state not in RECORD_FINISHED:
        raise RecordStillOpen
    notes = queries.room_record(work, sitting_id)
    signers = {line.by_person_id for line in notes if line.kind is NoteKind.SIGNED}
    if work.actor.person_id not in signers:
        note(work, sitting_id, NoteKind.SIGNED, name=work.actor.name, digest=record_digest(notes))


def _supervised(work: Work, attempt_id: UUID) -> AttemptRecord:
    """The attempt, locked and still open, of a sitting in which the actor is on duty."""
    record = queries.attempt_record(work, attempt_id)
    sittings.require_on_duty(work, record.sitting_id)
    if record.state is not State.OPEN:
        raise AttemptIsOver
    return record
