"""Every write at the door. The paper that waits and the line of the room record are added by exams/invigilation."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.arrivals import queries
from exams.arrivals.errors import AlreadyCheckedIn
from exams.arrivals.events import CandidateCheckedIn, CandidateLetInLate
from exams.arrivals.rules import check_seat
from exams.arrivals.tables import CheckInRecord
from exams.integrity.queries import candidates_behind_questions
from exams.registrations import actions as registering
from exams.registrations.queries import RegistrationRow, decisions
from exams.registrations.rules import require_seated
from exams.sittings import queries as sittings
from exams.sittings.errors import NoLongerAdmitted
from kernel.because import Because
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.INVIGILATE)
def record_arrival(work: Work, *, registration_id: UUID) -> RegistrationRow:
    """The person at the door is the candidate, and may sit; who it is.

    Raises:
        NoSuchRegistration, NotSeated, NotOnDuty: only who is on duty in this sitting checks in.
        StepOutOfOrder, TooEarlyToCheckIn: not before the papers are there, nor when the sitting is over.
        NoLongerAdmitted: what was decided at the seating does not hold any more; a ban, for example, came after it.
        AlreadyCheckedIn
    """
    row = queries.candidate(work, registration_id)
    require_seated(row.state)
    _require_admitted(work, row)
    added = work.session.execute(
        insert(CheckInRecord)
        .values(
            registration_id=row.id,
            sitting_id=row.sitting_id,
            person_id=row.person_id,
            seat=row.seat,
            by_person_id=work.actor.person_id,
            at=work.now,
        )
        .on_conflict_do_nothing(index_elements=[CheckInRecord.registration_id])
        .returning(CheckInRecord.registration_id)
    ).first()
    if added is None:
        raise AlreadyCheckedIn
    registering.note_attendance(work, registration_id=row.id)
    assert row.sitting_id is not None
    work.announce(CandidateCheckedIn(registration_id=row.id, person_id=row.person_id, sitting_id=row.sitting_id))
    return row


def _require_admitted(work: Work, row: RegistrationRow) -> None:
    assert row.sitting_id is not None
    assert row.exam_on is not None
    sittings.require_check_in(work, row.sitting_id)
    decision = decisions.decision(
        work,
        person_id=row.person_id,
        qualification=row.qualification,
        part=row.part,
        day=row.exam_on,
        without=row.id,
    )
    ground = sittings.sitting(work, row.sitting_id).ground
    if not decision.is_accepted or candidates_behind_questions(work, ground, {row.person_id: row.name}):
        raise NoLongerAdmitted(name=row.name, day=row.exam_on)


@action(needs=Permission.INVIGILATE)
def record_late_entry(work: Work, *, registration_id: UUID, because: Because) -> None:
    """Somebody checked in may start although the doors are closed.

    Raises:
        NoSuchRegistration, NotOnDuty, NotCheckedIn
    """
    record = queries.check_in_record(work, queries.candidate(work, registration_id).id)
    record.let_in_late_because = because
    work.session.flush()
    work.announce(CandidateLetInLate(registration_id=registration_id, reason=because))


@action(needs=Permission.INVIGILATE)
def take_seat(work: Work, *, registration_id: UUID, seat: int) -> int:
    """Somebody checked in goes on at `seat`, which may be the same with another machine; the seat that was left.

    Raises:
        NoSuchRegistration, NotOnDuty, NotCheckedIn, NoSuchSeat, SeatIsTaken
    """
    record = queries.check_in_record(work, queries.candidate(work, registration_id).id)
    left = record.seat
    if seat != left:
        sitting = sittings.sitting(work, record.sitting_id)
        seats, taken = queries.seat_numbers(work, sitting), queries.taken_seats(work, sitting.id, registration_id)
        check_seat(seat, seats=seats, taken=taken)
    record.seat = seat
    work.session.flush()
    return left
