"""Every write about results. They are added, released once, and never changed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from exams.breaches import queries as breaches
from exams.breaches.rules import require_result_fits
from exams.registrations import actions as registering
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.registrations.rules import Outcome, State, require_seated
from exams.results import queries
from exams.results.errors import OtherResultRecorded, RecheckAnswered, RecheckAskedAlready, ResultsMissing
from exams.results.events import RecheckAsked, RecheckWasAnswered, ResultRecorded, ResultReleased
from exams.results.queries import ResultRow
from exams.results.rules import ResultId, WeakPoint, counts_until, require_answer, require_coherent, require_recheck
from exams.results.tables import RecheckAnswerRecord, RecheckRecord, ReleaseRecord, ResultRecord
from exams.scoring.rules import METHOD
from exams.sittings import actions as stepping
from exams.sittings import queries as sittings
from exams.sittings.rules import State as SittingState
from exams.sittings.rules import require_state
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission

NAMED_AT_MOST = 5


@action(needs=Permission.RECORD_RESULTS)
def record_result(
    work: Work,
    *,
    registration_id: UUID,
    score: Decimal,
    pass_mark: Decimal,
    passed: bool,
    weak_points: Sequence[WeakPoint] = (),
    taken_on: date,
    reference_id: UUID | None = None,
    cancelled: bool = False,
    method: int = METHOD,
) -> ResultId:
    """Write down how an exam went; it waits for its sitting's release. The same result twice is one.

    Args:
        work: of an examiner, or of the platform: a candidate's own deed never records a result.
        registration_id: whose result; person, qualification, part, sitting and attempt follow from it.
        score: 0 to 100.
        pass_mark: that of the sitting's standard.
        passed: False for a score at or above the pass mark where a veto item decided.
        weak_points: knowledge points below the pass share, the weakest first.
        taken_on: the Shanghai day of the exam.
        reference_id: the attempt or practical behind it.
        cancelled: the exam was ended for a breach; the score is then zero.
        method: how it was marked; a replay marks by it.

    Raises:
        NoSuchRegistration, NotSeated, ResultOutOfRange, ResultContradictsItself, OtherResultRecorded.
        BreachUndecided, EndedForBreach: a breach was found with the candidate.
    """
    row = registrations.registration(work, registration_id)
    breaches.hold_breaches(work, registration_id)
    known = queries.result_of_registration(work, registration_id)
    if known is not None:
        said = (score, pass_mark, passed, cancelled, reference_id)
        if (known.score, known.pass_mark, known.passed, known.cancelled, known.reference_id) != said:
            raise OtherResultRecorded
        return known.id
    require_seated(row.state)
    require_coherent(score=score, pass_mark=pass_mark, passed=passed)
    require_result_fits(breaches.breach_of(work, registration_id), cancelled=cancelled)
    months = standards.regime_for(row.qualification, taken_on).part_valid_months
    record = ResultRecord(
        id=new_id(),
        registration_id=row.id,
        reference_id=reference_id,
        method=method,
        person_id=row.person_id,
        qualification=row.qualification,
        part=row.part,
        sitting_id=row.sitting_id,
        attempt=row.attempt,
        score=score,
        pass_mark=pass_mark,
        passed=passed,
        cancelled=cancelled,
        weak_points=[{"point": point.point, "share": str(point.share)} for point in weak_points],
        taken_on=taken_on,
        counts_until=counts_until(taken_on, months, passed=passed),
        recorded_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.announce(ResultRecorded(result_id=record.id, registration_id=row.id, sitting_id=record.sitting_id))
    return ResultId(record.id)


@action(needs=Permission.RELEASE_RESULTS)
def release_results(work: Work, sitting_id: UUID) -> int:
    """Release every result of a closed sitting at once; how many. Who never came is concluded as absent.

    Raises:
        NoSuchSitting, StepOutOfOrder; ResultsMissing when somebody took part and has no result yet.
    """
    require_state(sittings.sitting(work, sitting_id).state, SittingState.CLOSED)
    recorded = queries.results_of_sitting(work, sitting_id)
    seated = [row for row in registrations.seated(work, sitting_id) if row.state is State.SEATED]
    _require_complete(seated, recorded)
    for row in seated:
        if row.id in recorded:
            _release(work, recorded[row.id])
        else:
            registering.conclude_registration(work, registration_id=row.id, outcome=Outcome.ABSENT)
    stepping.mark_released(work, sitting_id, results=len(recorded))
    return len(recorded)


def _require_complete(seated: Sequence[RegistrationRow], recorded: dict[UUID, ResultRow]) -> None:
    missing = [row.name for row in seated if row.attended_at and row.id not in recorded]
    if missing:
        named = "、".join(missing[:NAMED_AT_MOST])
        raise ResultsMissing(count=len(missing), names=named)


def _release(work: Work, result: ResultRow) -> None:
    work.session.add(ReleaseRecord(result_id=result.id, released_at=work.now))
    outcome = Outcome.PASSED if result.passed else Outcome.CANCELLED if result.cancelled else Outcome.FAILED
    registering.conclude_registration(
        work, registration_id=result.registration_id, outcome=outcome, counts_until=result.counts_until
    )
    work.announce(
        ResultReleased(
            result_id=result.id,
            person_id=result.person_id,
            qualification=result.qualification,
            part=result.part.value,
            sitting_id=result.sitting_id,
            attempt_number=result.attempt,
            score=result.score,
            pass_mark=result.pass_mark,
            passed=result.passed,
            taken_on=result.taken_on,
            released_at=work.now,
            valid_until=result.counts_until,
        )
    )


@action(needs=Permission.OWN_RESULTS)
def ask_recheck(work: Work, *, result_id: UUID, reason: str) -> None:
    """The candidate asks to have a released result looked at again.

    Raises:
        NoSuchResult, RecheckAskedAlready, RecheckTooLate, ReasonMissing.
    """
    result = queries.own_result(work, result_id)
    assert result.released_at is not None
    if result.recheck is not None:
        raise RecheckAskedAlready
    said = require_recheck(
        released_on=shanghai_date(result.released_at),
        today=shanghai_date(work.now),
        days=standards.deadlines()["recheck_within_days"].value,
        reason=reason,
    )
    record = RecheckRecord(id=new_id(), result_id=result.id, reason=said, asked_at=work.now)
    work.session.add(record)
    work.session.flush()
    work.announce(RecheckAsked(recheck_id=record.id, result_id=result.id))


@action(needs=Permission.ANSWER_RECHECKS)
def answer_recheck(work: Work, *, recheck_id: UUID, note: str) -> None:
    """The office says what it found. Raises NoSuchResult, RecheckAnswered, ReasonMissing."""
    record = queries.recheck_record(work, recheck_id)
    if queries.is_answered(work, recheck_id):
        raise RecheckAnswered
    work.session.add(
        RecheckAnswerRecord(
            recheck_id=record.id,
            note=require_answer(note),
            answered_at=work.now,
            answered_by=work.actor.person_id,
        )
    )
    work.session.flush()
    work.announce(RecheckWasAnswered(recheck_id=record.id, result_id=record.result_id))
