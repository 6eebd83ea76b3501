"""From the seat to the first question: ready, started, the paper taken to one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from exams.arrivals import queries as arrivals
from exams.arrivals.errors import NotCheckedIn
from exams.attempts import queries
from exams.attempts.errors import AttemptIsOver, NoSuchAttempt, NotOfThisPart, NotOpenYet, OpenElsewhere
from exams.attempts.events import AttemptStarted, DeskTaken
from exams.attempts.rules import AttemptId, Standing, State, check_start, desk_digest, standing
from exams.attempts.tables import AttemptRecord
from exams.breaches import queries as breaches
from exams.papers import queries as papers
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries as sittings
from exams.sittings.queries.room import hold_room
from exams.sittings.rules import State as SittingState
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page gets when it takes the paper to its place. The document holds no key."""

    document: bytes
    standing: dict[int, Standing]
    sequence: int
    deadline: datetime


@action(needs=Permission.INVIGILATE)
def make_ready(work: Work, *, registration_id: UUID) -> None:
    """The attempt of somebody who is checked in, before it begins: all that is known of it.

    So the start, which a whole room presses at the same moment, has one row to change.

    Raises:
        NoSuchRegistration, NotOnDuty
    """
    row = arrivals.candidate(work, registration_id)
    assert row.sitting_id is not None
    assert row.admission_number is not None
    paper = papers.paper_row(work, row.sitting_id, row.admission_number)
    work.session.add(
        AttemptRecord(
            id=new_id(),
            sitting_id=row.sitting_id,
            registration_id=row.id,
            person_id=row.person_id,
            paper_id=paper.id,
            admission_number=row.admission_number,
            state=State.READY,
            minutes=sittings.sitting(work, row.sitting_id).minutes,
            extra_minutes=0,
            shape=list(paper.shape),
        )
    )
    work.session.flush()


@action(needs=Permission.SIT_EXAMS)
def start(work: Work, *, registration_id: UUID) -> AttemptId:
    """Begin, or go on with what was begun: pressing twice opens one attempt.

    Raises:
        NoSuchRegistration: there is none, or it is somebody else's.
        NotOfThisPart: a practical has no paper.
        NotCheckedIn, NotOpenYet, TooLateToStart
        EndedForBreach: two invigilators have sent the candidate out before the paper was begun.
    """
    row = registrations.own_registration(work, registration_id)
    if row.part is not Part.THEORY:
        raise NotOfThisPart
    known = queries.attempt_of_registration(work, row.id)
    if known is not None:
        return known.id
    check = arrivals.check_in_of(work, row.id)
    if check is None or row.sitting_id is None:
        raise NotCheckedIn
    hold_room(work, row.sitting_id)
    breaches.require_not_ended(work, row.id)
    sitting = sittings.sitting_times(work, row.sitting_id)
    if sitting.state is not SittingState.OPEN or sitting.opened_at is None:
        raise NotOpenYet
    check_start(
        starts_at=sitting.starts_at,
        opened_at=sitting.opened_at,
        late_entry=timedelta(minutes=standards.room_rules()["late_entry_minutes"].value),
        now=work.now,
        is_let_in=check.let_in_late_because is not None,
    )
    return _open(work, row, sitting.minutes)


def _open(work: Work, row: RegistrationRow, minutes: int) -> AttemptId:
    deadline = work.now + timedelta(minutes=minutes)
    begun = work.session.execute(
        update(AttemptRecord)
        .where(AttemptRecord.registration_id == row.id, AttemptRecord.state == State.READY)
        .values(state=State.OPEN, started_at=work.now, minutes=minutes, deadline=deadline)
        .returning(AttemptRecord.id)
    ).scalar()
    if begun is None:  # the same press, twice, at the same moment
        known = queries.attempt_of_registration(work, row.id)
        assert known is not None
        return known.id
    assert row.sitting_id is not None
    work.announce(
        AttemptStarted(attempt_id=begun, person_id=row.person_id, sitting_id=row.sitting_id, deadline=deadline)
    )
    return AttemptId(begun)


@action(needs=Permission.SIT_EXAMS)
def take_desk(work: Work, *, attempt_id: UUID, token: str, before: Sequence[str] = (), address: str) -> Desk:
    """Take the paper to the place that holds `token`, and hand over document, answers so far and deadline.

    The first place gets it. A page that is loaded again brings a new token and, in `before`, those that this tab had:
    from then on only the new one counts, so that a tab that was copied with its memory cannot save beside the first.
    Any other place is refused until an invigilator frees the desk.

    Raises:
        NoSuchAttempt, AttemptIsOver, OpenElsewhere
    """
    record = queries.attempt_record(work, attempt_id)
    if record.person_id != work.actor.person_id:
        raise NoSuchAttempt
    attempt = queries.as_rule(record)
    if not attempt.may_take_answers(work.now):
        raise AttemptIsOver
    digest = desk_digest(token)
    if record.desk_digest is None:
        work.announce(DeskTaken(attempt_id=record.id, address=address))
    elif record.desk_digest not in {digest, *map(desk_digest, before)}:
        raise OpenElsewhere
    record.desk_digest = digest
    steps = queries.steps(work, AttemptId(record.id))
    return Desk(
        document=papers.candidate_document(work, record.paper_id),
        standing=standing(steps),
        sequence=max((step.sequence for step in steps), default=0),
        deadline=attempt.deadline,
    )
