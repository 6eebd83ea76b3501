"""Results: a candidate sees the own ones once they are released; the office sees what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, select, true
from sqlalchemy.orm import aliased

from exams.results.errors import NoSuchResult
from exams.results.rules import Corrections, ResultId, WeakPoint, recheck_until
from exams.results.tables import CurrentResultRecord as Current
from exams.results.tables import RecheckAnswerRecord, RecheckRecord, ReleaseRecord, ResultColumns, ResultRecord
from exams.sittings.queries.records import in_scope
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class RecheckRow:
    """A request to look again, and its answer once there is one."""

    id: UUID
    result_id: UUID
    reason: str
    asked_at: datetime
    note: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One revision of a result; `released_at` None = it still waits. `prepared_id`: the deed that released it."""

    id: ResultId
    registration_id: UUID
    revision: int
    supersedes: ResultId | None
    because: str | None
    reference_id: UUID | None
    method: int
    corrections: Corrections
    person_id: UUID
    qualification: str
    part: Part
    sitting_id: UUID
    attempt: int
    score: Decimal
    pass_mark: Decimal
    passed: bool
    cancelled: bool
    weak_points: tuple[WeakPoint, ...]
    taken_on: date
    counts_until: date | None
    released_at: datetime | None
    prepared_id: UUID | None
    recheck: RecheckRow | None

    @property
    def recheck_until(self) -> date | None:
        """The last day for asking for a re-check; None before the release."""
        if self.released_at is None:
            return None
        days = standards.deadlines()["recheck_within_days"].value
        return recheck_until(shanghai_date(self.released_at), days)


def own_results(reading: Reading) -> list[ResultRow]:
    """The actor's released results, the newest first, each in the revision that counts."""
    statement = (
        _rows(Current)
        .where(Current.person_id == reading.actor.person_id, ReleaseRecord.released_at.is_not(None))
        .order_by(ReleaseRecord.released_at.desc())
    )
    return [_row(*row) for row in reading.session.execute(statement)]


def own_result(reading: Reading, result_id: UUID) -> ResultRow:
    """One of the actor's released results, in the revision that counts, whichever of them was asked for.

    Raises:
        NoSuchResult.
    """
    about = reading.session.scalar(select(ResultRecord.registration_id).where(ResultRecord.id == result_id))
    for row in own_results(reading):
        if row.registration_id == about:
            return row
    raise NoSuchResult


def own_earlier(reading: Reading, result_id: UUID) -> list[ResultRow]:
    """The revisions before one of the actor's results, the first one first. Raises NoSuchResult."""
    return revisions(reading, own_result(reading, result_id).registration_id)[:-1]


def revisions(reading: Reading, registration_id: UUID) -> list[ResultRow]:
    """All revisions of a result, the first one first; the last counts."""
    rows = _rows(ResultRecord).where(ResultRecord.registration_id == registration_id).order_by(ResultRecord.revision)
    return [_row(*row) for row in reading.session.execute(rows)]


def result_of_registration(reading: Reading, registration_id: UUID) -> ResultRow | None:
    """The result of a registration, released or not, in the revision that counts: for the rooms that record results."""
    found = reading.session.execute(_rows(Current).where(Current.registration_id == registration_id)).first()
    return None if found is None else _row(*found)


def first_result(reading: Reading, registration_id: UUID) -> ResultRow | None:
    """The result as it was recorded at first, whatever a re-check made of it."""
    return next(iter(revisions(reading, registration_id)), None)


def current_result(reading: Reading, result_id: UUID) -> ResultRow:
    """A released result in the revision that counts, for the exam office. Raises NoSuchResult for an earlier one."""
    wanted = (Current.id == result_id, ReleaseRecord.released_at.is_not(None))
    found = reading.session.execute(_rows(Current).where(*wanted)).first()
    if found is None:
        raise NoSuchResult
    return _row(*found)


def written_result(reading: Reading, result_id: UUID) -> ResultRow:
    """Any revision, released or not, for this room's own actions. Raises NoSuchResult."""
    found = reading.session.execute(_rows(ResultRecord).where(ResultRecord.id == result_id)).first()
    if found is None:
        raise NoSuchResult
    return _row(*found)


def results_of_sitting(reading: Reading, sitting_id: UUID) -> dict[UUID, ResultRow]:
    """Registration -> its result in the revision that counts, for the exam office."""
    rows = reading.session.execute(_rows(Current).where(Current.sitting_id == sitting_id))
    return {row.registration_id: row for row in (_row(*found) for found in rows)}


def revisions_in(reading: Reading, sitting_id: UUID) -> dict[UUID, list[ResultRow]]:
    """Registration -> all revisions of its result, the first one first."""
    rows = _rows(ResultRecord).where(ResultRecord.sitting_id == sitting_id).order_by(ResultRecord.revision)
    found: dict[UUID, list[ResultRow]] = {}
    for row in reading.session.execute(rows):
        one = _row(*row)
        found.setdefault(one.registration_id, []).append(one)
    return found


def result_in_scope(reading: Reading, result_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row, whose result stands in `result_id`, is of a sitting within the actor's scope."""
    if reading.actor.scope.is_everywhere:
        return true()
    taken_here = select(ResultRecord.id).where(in_scope(reading, ResultRecord.sitting_id))
    return result_id.in_(taken_here)


def rechecks(reading: Reading) -> list[tuple[RecheckRow, ResultRow]]:
    """The requests to look again within the actor's scope: the open ones first, the longest waiting on top."""
    statement = (
        _rows(Current)
        .where(RecheckRecord.id.is_not(None), in_scope(reading, Current.sitting_id))
        .order_by(RecheckAnswerRecord.answered_at.is_not(None), RecheckRecord.asked_at)
    )
    rows = [_row(*found) for found in reading.session.execute(statement)]
    return [(row.recheck, row) for row in rows if row.recheck]


def recheck(reading: Reading, recheck_id: UUID) -> tuple[RecheckRow, ResultRow]:
    """A request to look again within the actor's scope, and the result that it is about. Raises NoSuchResult."""
    here = in_scope(reading, Current.sitting_id)
    found = reading.session.execute(_rows(Current).where(RecheckRecord.id == recheck_id, here)).first()
    if found is None:
        raise NoSuchResult
    row = _row(*found)
    assert row.recheck is not None
    return row.recheck, row


def recheck_record(reading: Reading, recheck_id: UUID) -> RecheckRecord:
    """For this room's own actions. Raises NoSuchResult."""
    wanted = select(RecheckRecord).join(ResultRecord, ResultRecord.id == RecheckRecord.result_id)
    here = in_scope(reading, ResultRecord.sitting_id)
    record = reading.session.scalar(wanted.where(RecheckRecord.id == recheck_id, here))
    if record is None:
        raise NoSuchResult
    return record


def is_answered(reading: Reading, recheck_id: UUID) -> bool:
    return reading.session.get(RecheckAnswerRecord, recheck_id) is not None


def _rows(kind: type[ResultRecord | Current]) -> Any:
    """Results with their release, and with the re-check: it is asked for once, of the first revision."""
    first = aliased(ResultRecord)
    return (
        select(kind, ReleaseRecord, RecheckRecord, RecheckAnswerRecord)
        .outerjoin(ReleaseRecord, ReleaseRecord.result_id == kind.id)
        .outerjoin(first, and_(first.registration_id == kind.registration_id, first.revision == 1))
        .outerjoin(RecheckRecord, RecheckRecord.result_id == first.id)
        .outerjoin(RecheckAnswerRecord, RecheckAnswerRecord.recheck_id == RecheckRecord.id)
    )


def _row(
    record: ResultColumns,
    release: ReleaseRecord | None,
    recheck: RecheckRecord | None,
    answer: RecheckAnswerRecord | None,
) -> ResultRow:
    return ResultRow(
        id=ResultId(record.id),
        registration_id=record.registration_id,
        revision=record.revision,
        supersedes=None if record.supersedes is None else ResultId(record.supersedes),
        because=record.because,
        reference_id=record.reference_id,
        method=record.method,
        corrections=Corrections.read(record.corrections),
        person_id=record.person_id,
        qualification=record.qualification,
        part=record.part,
        sitting_id=record.sitting_id,
        attempt=record.attempt,
        score=record.score,
        pass_mark=record.pass_mark,
        passed=record.passed,
        cancelled=record.cancelled,
        weak_points=tuple(WeakPoint(point["point"], Decimal(point["share"])) for point in record.weak_points),
        taken_on=record.taken_on,
        counts_until=record.counts_until,
        released_at=None if release is None else release.released_at,
        prepared_id=None if release is None else release.prepared_id,
        recheck=_recheck(recheck, answer),
    )


def _recheck(recheck: RecheckRecord | None, answer: RecheckAnswerRecord | None) -> RecheckRow | None:
    if recheck is None:
        return None
    note, answered_at = (answer.note, answer.answered_at) if answer else (None, None)
    return RecheckRow(recheck.id, recheck.result_id, recheck.reason, recheck.asked_at, note, answered_at)
