"""A revision: a result that takes the place of another, which stays. Prepared and confirmed in exams/rechecks."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from exams.registrations import actions as registering
from exams.results import queries
from exams.results.actions.rechecking import answer_recheck
from exams.results.actions.releasing import outcome_of, tell
from exams.results.queries import ResultRow
from exams.results.rules import Corrections, ResultId, WeakPoint, counts_until, require_coherent
from exams.results.tables import ResultRecord
from exams.standards import queries as standards
from exams.standards.rules import REVISE, Part
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.ANSWER_RECHECKS, by_two=REVISE)
def revise_result(
    work: Work,
    result_id: UUID,
    *,
    score: Decimal,
    passed: bool,
    cancelled: bool,
    weak_points: Sequence[WeakPoint],
    method: int,
    corrections: Corrections,
    because: str,
    prepared_id: UUID,
    recheck_id: UUID | None = None,
) -> ResultId:
    """Put another revision in the place of a released result; the re-check `recheck_id` is answered with `because`.

    A practical rests on a theory exam that is passed: where that is passed no longer, no practical is begun on it.

    Raises:
        NoSuchResult: it is not released, or superseded already. ResultOutOfRange, ResultContradictsItself,
        RecheckAnswered, AnswerMissing.
    """
    before = queries.current_result(work, result_id)
    require_coherent(score=score, pass_mark=before.pass_mark, passed=passed)
    record = _copy(before, work, method=method, because=because)
    record.score, record.passed, record.cancelled = score, passed, cancelled
    record.corrections = corrections.as_json()
    record.weak_points = [point.as_json() for point in weak_points]
    months = standards.regime_for(before.qualification, before.taken_on).part_valid_months
    record.counts_until = counts_until(before.taken_on, months, passed=passed)
    work.session.add(record)
    work.session.flush()
    _count(work, record.id, prepared_id)
    if before.part is Part.THEORY and before.passed and not passed:
        registering.lose_ground(work, person_id=before.person_id, qualification=before.qualification)
    if recheck_id is not None:
        answer_recheck(work, recheck_id=recheck_id, note=because)
    return ResultId(record.id)


def _copy(before: ResultRow, work: Work, *, method: int, because: str) -> ResultRecord:
    """What is the same in both: whose it is, of which exam, and on which evidence it rests."""
    return ResultRecord(
        id=new_id(),
        registration_id=before.registration_id,
        revision=before.revision + 1,
        supersedes=before.id,
        because=because,
        reference_id=before.reference_id,
        method=method,
        person_id=before.person_id,
        qualification=before.qualification,
        part=before.part,
        sitting_id=before.sitting_id,
        attempt=before.attempt,
        pass_mark=before.pass_mark,
        taken_on=before.taken_on,
        recorded_at=work.now,
    )


def _count(work: Work, result_id: UUID, prepared_id: UUID) -> None:
    row = queries.written_result(work, result_id)
    registering.correct_outcome(
        work, registration_id=row.registration_id, outcome=outcome_of(row), counts_until=row.counts_until
    )
    tell(work, row, prepared_id)
