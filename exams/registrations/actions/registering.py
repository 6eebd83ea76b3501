"""Every write about eligibilities and registrations."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.registrations import queries
from exams.registrations.errors import (
    ExamDayOutOfReach,
    NoSuchRegistration,
    NotExamined,
)
from exams.registrations.events import (
    AttendanceNoted,
    CandidateSeated,
    EligibilityAccepted,
    RegistrationConcluded,
    RegistrationDecided,
    RegistrationVoided,
    RegistrationWithdrawn,
    SeatTakenBack,
)
from exams.registrations.queries import decisions
from exams.registrations.rules import (
    OPEN_STATES,
    Decision,
    Outcome,
    RegistrationId,
    State,
    conclude,
    require_seated,
    require_waiting,
    withdraw,
)
from exams.registrations.tables import EligibilityRecord, RegistrationRecord
from exams.standards import queries as standards
from exams.standards.rules import RELEASE, Part
from kernel.because import Because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.errors import NoSuchPerson


@action(needs=PLATFORM_ONLY)
def accept_eligibility(
    work: Work,
    *,
    person_id: UUID,
    qualification: str,
    granted_on: date,
    valid_until: date | None,
    provider_id: UUID,
    provider_name: str,
    teacher_ids: tuple[UUID, ...],
    proof_number: str,
    demonstration: bool,
) -> None:
    """Take over what certification established about training; the same proof twice is one eligibility.

    Called by certification, as the registry: it may insert here and nowhere else in exams.
    """
    eligibility_id = new_id()
    added = work.session.execute(
        insert(EligibilityRecord)
        .values(
            id=eligibility_id,
            person_id=person_id,
            qualification=qualification,
            granted_on=granted_on,
            valid_until=valid_until,
            provider_id=provider_id,
            provider_name=provider_name,
            teacher_ids=sorted(str(teacher) for teacher in teacher_ids),
            proof_number=proof_number,
            demonstration=demonstration,
            accepted_at=work.now,
        )
        .on_conflict_do_nothing(index_elements=["proof_number"])
        .returning(EligibilityRecord.id)
    ).first()
    if added:
        work.announce(
            EligibilityAccepted(
                eligibility_id=eligibility_id,
                person_id=person_id,
                qualification=qualification,
                proof_number=proof_number,
            )
        )


@action(needs=Permission.OWN_REGISTRATION)
def apply(work: Work, *, qualification: str, part: Part, earliest_on: date | None = None) -> RegistrationId:
    """The actor applies; the registration says how it was decided. Applying again while one is open is that one.

    Args:
        work: of the person who applies.
        qualification: its code.
        part: theory or practical.
        earliest_on: the exam is not before this day (Shanghai); the decision is made for it. None = today.

    Raises:
        NotExamined, ExamDayOutOfReach. A refusal is no exception: it is kept, with its reasons, and shown.
    """
    assert work.actor.person_id is not None
    today = shanghai_date(work.now)
    day = _exam_day(earliest_on, today)
    if part not in standards.parts_of(qualification, day):
        raise NotExamined
    # Two taps on one button wait for each other, so that the second finds what the first did.
    hold(work.session, f"exams.registrations:{work.actor.person_id}/{qualification}/{part}")
    newest = queries.newest_record(work, work.actor.person_id, qualification, part)
    if newest is not None and newest.state in OPEN_STATES:
        return RegistrationId(newest.id)
    decision = decisions.decision(work, person_id=work.actor.person_id, qualification=qualification, part=part, day=day)
    if newest is not None and newest.state is State.REFUSED and Decision.from_json(newest.decision) == decision:
        return RegistrationId(newest.id)
    return _register(work, work.actor.person_id, qualification, part, decision)


def _exam_day(earliest_on: date | None, today: date) -> date:
    latest = today + timedelta(days=standards.deadlines()["applied_ahead_days"].value)
    day = earliest_on or today
    if not today <= day <= latest:
        raise ExamDayOutOfReach(fields={"earliest_on": ExamDayOutOfReach(latest=latest)}, latest=latest)
    return day


def _register(work: Work, person_id: UUID, qualification: str, part: Part, decision: Decision) -> RegistrationId:
    person = accounts.person(work, person_id)
    if person is None:
        raise NoSuchPerson
    record = RegistrationRecord(
        id=new_id(),
        person_id=person_id,
        name=person.name,
        qualification=qualification,
        part=part,
        state=State.APPLIED if decision.is_accepted else State.REFUSED,
        earliest_on=decision.day,
        decision=decision.as_json(),
        attempt=decision.attempt,
        applied_at=work.now,
        region_code=queries.place_of(work, person_id),
    )
    work.session.add(record)
    work.session.flush()
    announce_decision(work, record, decision)
    return RegistrationId(record.id)


def announce_decision(work: Work, record: RegistrationRecord, decision: Decision) -> None:
    """Part of deeds, not one itself."""
    work.announce(
        RegistrationDecided(
            registration_id=record.id,
            person_id=record.person_id,
            qualification=record.qualification,
            part=record.part.value,
            regime=decision.regime,
            accepted=decision.is_accepted,
            unmet=tuple(check.subject.value for check in decision.unmet),
        )
    )


@action(needs=Permission.OWN_REGISTRATION)
def withdraw_registration(work: Work, *, registration_id: UUID) -> None:
    """The candidate withdraws, until the day before the exam; the seat is free again.

    Raises:
        NoSuchRegistration, RegistrationIsOver, OnlyBeforeTheExamDay.
    """
    record = queries.registration_record(work, registration_id)
    if record.person_id != work.actor.person_id:
        raise NoSuchRegistration
    record.state = withdraw(record.state, record.exam_on, shanghai_date(work.now))
    record.seat, record.ended_at = None, work.now
    work.announce(RegistrationWithdrawn(registration_id=record.id, person_id=record.person_id))


@action(needs=Permission.PLAN_SITTINGS)
def give_seat(
    work: Work,
    *,
    registration_id: UUID,
    sitting_id: UUID,
    exam_on: date,
    seat: int,
    admission_number: str,
    region: str | None,
) -> Decision:
    """Seat an accepted application. The application is decided anew for the day of the exam, and the decision kept.

    Nothing is changed where that decision is a refusal; the caller looks at `is_accepted`. `region`: the centre's.

    Raises:
        NoSuchRegistration, NotWaiting.
    """
    record = queries.registration_record(work, registration_id)
    require_waiting(record.state)
    decision = decision_about(work, record, exam_on)
    if not decision.is_accepted:
        return decision
    record.state, record.decision, record.attempt = State.SEATED, decision.as_json(), decision.attempt
    record.sitting_id, record.exam_on, record.seat = sitting_id, exam_on, seat
    record.admission_number, record.seated_at, record.exam_region_code = admission_number, work.now, region
    work.session.flush()
    announce_decision(work, record, decision)
    work.announce(
        CandidateSeated(
            registration_id=record.id,
            person_id=record.person_id,
            sitting_id=sitting_id,
            seat=seat,
            admission_number=admission_number,
        )
    )
    return decision


@action(needs=Permission.PLAN_SITTINGS)
def decide_anew(work: Work, *, registration_id: UUID, exam_on: date) -> Decision:
    """Decide a waiting application for a day of exam. Where it does not hold any more it is refused, and says why.

    Raises:
        NoSuchRegistration, NotWaiting.
    """
    record = queries.registration_record(work, registration_id)
    require_waiting(record.state)
    decision = decision_about(work, record, exam_on)
    if not decision.is_accepted:
        record.state, record.decision, record.ended_at = State.REFUSED, decision.as_json(), work.now
        work.session.flush()
        announce_decision(work, record, decision)
    return decision


def decision_about(work: Work, record: RegistrationRecord, exam_on: date) -> Decision:
    """What is decided about a registration for a day, itself left out of account."""
    return decisions.decision(
        work,
        person_id=record.person_id,
        qualification=record.qualification,
        part=record.part,
        day=exam_on,
        without=record.id,
    )


@action(needs=Permission.PLAN_SITTINGS)
def take_seat_back(work: Work, *, registration_id: UUID, reason: Because) -> None:
    """A seated candidate waits again, in the old place of the queue. Raises NoSuchRegistration, NotSeated."""
    record = queries.registration_record(work, registration_id)
    require_seated(record.state)
    assert record.sitting_id is not None
    lose_seat(work, record, record.sitting_id, reason)
    record.state = State.APPLIED


def lose_seat(work: Work, record: RegistrationRecord, sitting_id: UUID, reason: Because) -> None:
    """The seat is free again; part of deeds, not one itself."""
    work.announce(
        SeatTakenBack(registration_id=record.id, person_id=record.person_id, sitting_id=sitting_id, reason=reason)
    )
    record.sitting_id = record.exam_on = record.seat = record.admission_number = record.seated_at = None
    record.exam_region_code = None


@action(needs=Permission.PLAN_SITTINGS)
def void_registration(work: Work, *, registration_id: UUID) -> RegistrationId:
    """The sitting came to nothing: the registration ends without counting, and one that follows waits in its place.

    The old one keeps seat, admission number, attendance and attempt, as evidence; the new one can be seated as if
    nothing had been.

    Raises:
        NoSuchRegistration, NotSeated.
    """
    record = queries.registration_record(work, registration_id)
    record.state = conclude(record.state)
    record.outcome, record.ended_at = Outcome.VOIDED, work.now
    work.session.flush()  # one open registration a person and exam: the old one ends before the new one begins
    following = RegistrationRecord(
        id=new_id(),
        person_id=record.person_id,
        name=record.name,
        qualification=record.qualification,
        part=record.part,
        state=State.APPLIED,
        earliest_on=record.earliest_on,
        decision=record.decision,
        attempt=record.attempt,
        applied_at=record.applied_at,
        region_code=record.region_code,
        follows_id=record.id,
    )
    work.session.add(following)
    work.session.flush()
    assert record.sitting_id is not None
    work.announce(
        RegistrationVoided(
            registration_id=record.id,
            person_id=record.person_id,
            sitting_id=record.sitting_id,
            followed_by=following.id,
        )
    )
    return RegistrationId(following.id)


@action(needs=Permission.NOTE_ATTENDANCE)
def note_attendance(work: Work, *, registration_id: UUID) -> None:
    """The candidate was there and was identified; from here on a result is owed. Twice is once.

    Raises:
        NoSuchRegistration, NotSeated.
    """
    record = queries.registration_record(work, registration_id)
    require_seated(record.state)
    if record.attended_at is None:
        assert record.sitting_id is not None
        record.attended_at = work.now
        work.announce(
            AttendanceNoted(registration_id=record.id, person_id=record.person_id, sitting_id=record.sitting_id)
        )


@action(needs=Permission.RELEASE_RESULTS, by_two=RELEASE)
def conclude_registration(
    work: Work, *, registration_id: UUID, outcome: Outcome, counts_until: date | None = None
) -> None:
    """How it ended. From here on the person can apply again. Raises NoSuchRegistration, NotSeated."""
    record = queries.registration_record(work, registration_id)
    record.state = conclude(record.state)
    record.outcome, record.counts_until, record.ended_at = outcome, counts_until, work.now
    work.announce(RegistrationConcluded(registration_id=record.id, person_id=record.person_id, outcome=outcome.value))
