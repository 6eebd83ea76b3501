"""Results: a candidate sees the own ones once they are released; the office sees what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from exams.results.errors import NoSuchResult
from exams.results.rules import ResultId, WeakPoint, recheck_until
from exams.results.tables import RecheckAnswerRecord, RecheckRecord, ReleaseRecord, ResultRecord
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
    """One result; `released_at` None = it still waits."""

    id: ResultId
    registration_id: UUID
    reference_id: UUID | None
    method: int
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
    recheck: RecheckRow | None

    @property
    def recheck_until(self) -> date | None:
        """The last day for asking for a re-check; None before the release."""
        if self.released_at is None:
            return None
        days = standards.deadlines()["recheck_within_days"].value
        return recheck_until(shanghai_date(self.released_at), days)


def own_results(reading: Reading) -> list[ResultRow]:
    """The actor's released results, the newest first."""
    statement = (
        _rows()
        .where(ResultRecord.person_id == reading.actor.person_id, ReleaseRecord.released_at.is_not(None))
        .order_by(ReleaseRecord.released_at.desc())
    )
    return [_row(*row) for row in reading.session.execute(statement)]


def own_result(reading: Reading, result_id: UUID) -> ResultRow:
    """One of the actor's released results. Raises NoSuchResult."""
    for row in own_results(reading):
        if row.id == result_id:
            return row
    raise NoSuchResult


def result_of_registration(reading: Reading, registration_id: UUID) -> ResultRow | None:
    """The result recorded for a registration, released or not: for the rooms that record results."""
    found = reading.session.execute(_rows().where(ResultRecord.registration_id == registration_id)).first()
    return None if found is None else _row(*found)


def results_of_sitting(reading: Reading, sitting_id: UUID) -> dict[UUID, ResultRow]:
    """Registration -> its result, for the exam office."""
    rows = reading.session.execute(_rows().where(ResultRecord.sitting_id == sitting_id))
    return {row.registration_id: row for row in (_row(*found) for found in rows)}


def rechecks(reading: Reading) -> list[tuple[RecheckRow, ResultRow]]:
    """The requests to look again within the actor's scope: the open ones first, the longest waiting on top."""
    statement = (
        _rows()
        .where(RecheckRecord.id.is_not(None), in_scope(reading, ResultRecord.sitting_id))
        .order_by(RecheckAnswerRecord.answered_at.is_not(None), RecheckRecord.asked_at)
    )
    rows = [_row(*found) for found in reading.session.execute(statement)]
    return [(row.recheck, row) for row in rows if row.recheck]


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


def _rows() -> Any:
    return (
        select(ResultRecord, ReleaseRecord.released_at, RecheckRecord, RecheckAnswerRecord)
        .outerjoin(ReleaseRecord, ReleaseRecord.result_id == ResultRecord.id)
        .outerjoin(RecheckRecord, RecheckRecord.result_id == ResultRecord.id)
        .outerjoin(RecheckAnswerRecord, RecheckAnswerRecord.recheck_id == RecheckRecord.id)
    )


def _row(
    record: ResultRecord,
    released_at: datetime | None,
    recheck: RecheckRecord | None,
    answer: RecheckAnswerRecord | None,
) -> ResultRow:
    return ResultRow(
        id=ResultId(record.id),
        registration_id=record.registration_id,
        reference_id=record.reference_id,
        method=record.method,
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
        released_at=released_at,
        recheck=_recheck(recheck, answer),
    )


def _recheck(recheck: RecheckRecord | None, answer: RecheckAnswerRecord | None) -> RecheckRow | None:
    if recheck is None:
        return None
    note, answered_at = (answer.note, answer.answered_at) if answer else (None, None)
    return RecheckRow(recheck.id, recheck.result_id, recheck.reason, recheck.asked_at, note, answered_at)
