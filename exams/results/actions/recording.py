"""Writing down how an exam went. It waits for its sitting's release."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from exams.breaches import queries as breaches
from exams.breaches.rules import require_result_fits
from exams.registrations import queries as registrations
from exams.registrations.rules import require_seated
from exams.results import queries
from exams.results.errors import OtherResultRecorded
from exams.results.events import ResultRecorded
from exams.results.rules import ResultId, WeakPoint, counts_until, require_coherent
from exams.results.tables import ResultRecord
from exams.scoring.rules import METHOD
from exams.standards import queries as standards
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission


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
    known = queries.first_result(work, registration_id)
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
        revision=1,
        supersedes=None,
        because=None,
        reference_id=reference_id,
        method=method,
        corrections=None,
        person_id=row.person_id,
        qualification=row.qualification,
        part=row.part,
        sitting_id=row.sitting_id,
        attempt=row.attempt,
        score=score,
        pass_mark=pass_mark,
        passed=passed,
        cancelled=cancelled,
        weak_points=[point.as_json() for point in weak_points],
        taken_on=taken_on,
        counts_until=counts_until(taken_on, months, passed=passed),
        recorded_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.announce(ResultRecorded(result_id=record.id, registration_id=row.id, sitting_id=record.sitting_id))
    return ResultId(record.id)
