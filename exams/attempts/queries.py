"""Who may work on what, and how far each has come."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, func, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from exams.attempts.errors import NoSuchAttempt
from exams.attempts.rules import NO_ANSWER, Act, Attempt, AttemptId, State, Step
from exams.attempts.tables import AttemptRecord, ContactRecord, StepRecord
from exams.sittings import queries as sittings
from kernel.db import among
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as its candidate and the invigilators see it."""

    id: AttemptId
    sitting_id: UUID
    registration_id: UUID
    person_id: UUID
    paper_id: UUID
    admission_number: str
    state: State
    started_at: datetime
    deadline: datetime
    closed_at: datetime | None
    receipt: str | None
    is_desk_free: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an attempt has come: questions with an answer, of how many, and when its page was last heard of.

    `last`: the number of its last step.
    """

    answered: int
    questions: int
    heard_at: datetime | None
    last: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """How an attempt stands at this moment without its answers; small enough to be asked for every second.

    `last`: the number of its last step. As long as it stays, so do the answers.
    """

    attempt_id: AttemptId
    registration_id: UUID
    state: State
    started_at: datetime
    is_desk_free: bool
    heard_at: datetime | None
    last: int


def as_rule(record: AttemptRecord) -> Attempt:
    """The row as the rules know it, once it has begun."""
    assert record.started_at is not None
    return Attempt(
        state=record.state,
        started_at=record.started_at,
        time_allowed=timedelta(minutes=record.minutes),
        extra=timedelta(minutes=record.extra_minutes),
    )


def own_attempt(reading: Reading, attempt_id: UUID) -> AttemptRow:
    """An attempt that the person who asks has begun. Raises NoSuchAttempt for anybody else's."""
    record = reading.session.get(AttemptRecord, attempt_id)
    if record is None or record.state is State.READY or record.person_id != reading.actor.person_id:
        raise NoSuchAttempt
    return as_row(record)


def begun_attempt(reading: Reading, attempt_id: UUID) -> AttemptRow:
    """An attempt that was begun, by whomever. Raises NoSuchAttempt."""
    record = reading.session.get(AttemptRecord, attempt_id)
    if record is None or record.state is State.READY:
        raise NoSuchAttempt
    return as_row(record)


def attempt_of_registration(reading: Reading, registration_id: UUID) -> AttemptRow | None:
    """The attempt that a registration led to, where one was begun."""
    record = reading.session.scalars(
        select(AttemptRecord).where(
            AttemptRecord.registration_id == registration_id, AttemptRecord.state != State.READY
        )
    ).first()
    return None if record is None else as_row(record)


def attempts_of_sitting(reading: Reading, sitting_id: UUID) -> dict[UUID, AttemptRow]:
    """Attempts that were begun in a sitting, by registration."""
    records = reading.session.scalars(
        select(AttemptRecord).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state != State.READY)
    )
    return {record.registration_id: as_row(record) for record in records}


def open_attempts(reading: Reading, sitting_id: UUID) -> int:
    """How many candidates of a sitting are still working."""
    found = reading.session.scalar(
        select(func.count()).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state == State.OPEN)
    )
    return found or 0


def as_row(record: AttemptRecord) -> AttemptRow:
    """What may be shown of an attempt, once it has begun."""
    assert record.started_at is not None
    assert record.deadline is not None
    return AttemptRow(
        id=AttemptId(record.id),
        sitting_id=record.sitting_id,
        registration_id=record.registration_id,
        person_id=record.person_id,
        paper_id=record.paper_id,
        admission_number=record.admission_number,
        state=record.state,
        started_at=record.started_at,
        deadline=record.deadline,
        closed_at=record.closed_at,
        receipt=record.receipt,
        is_desk_free=record.desk_digest is None,
    )


def steps(reading: Reading, attempt_id: UUID) -> list[Step]:
    """Every step of an attempt in order."""
    rows = reading.session.scalars(
        select(StepRecord).where(StepRecord.attempt_id == attempt_id).order_by(StepRecord.sequence)
    )
    return [
        Step(row.sequence, row.question, row.act, json.loads(row.answer), row.flagged, row.page_ms, row.at)
        for row in rows
    ]


def last_sequence(reading: Reading, attempt_id: UUID) -> int:
    """The number of the last step that arrived. They arrive in order, so every one before it is there."""
    found = reading.session.scalar(select(func.max(StepRecord.sequence)).where(StepRecord.attempt_id == attempt_id))
    return found or 0


def progress(reading: Reading, sitting_id: UUID) -> dict[UUID, Progress]:
    """How far each attempt of a sitting has come, by attempt. One statement, however many candidates there are."""
    counted = _counted(AttemptRecord.sitting_id == sitting_id)
    last = _last_step()
    rows = reading.session.execute(
        select(
            AttemptRecord.id,
            func.coalesce(counted.c.answered, 0),
            func.jsonb_array_length(AttemptRecord.shape),
            func.greatest(last.c.at, ContactRecord.at),
            func.coalesce(last.c.sequence, 0),
        )
        .outerjoin(counted, counted.c.attempt_id == AttemptRecord.id)
        .outerjoin(last, true())
        .outerjoin(ContactRecord, ContactRecord.attempt_id == AttemptRecord.id)
        .where(AttemptRecord.sitting_id == sitting_id)
    )
    return {row[0]: Progress(*row[1:]) for row in rows}


def pulses(reading: Reading, sitting_ids: Collection[UUID]) -> dict[UUID, Pulse]:
    """How each attempt that was begun in some sittings stands, by registration. One statement, without any answer."""
    last = _last_step()
    rows = reading.session.execute(
        select(
            AttemptRecord.id,
            AttemptRecord.registration_id,
            AttemptRecord.state,
            AttemptRecord.started_at,
            AttemptRecord.desk_digest.is_(None),
            func.greatest(last.c.at, ContactRecord.at),
            func.coalesce(last.c.sequence, 0),
        )
        .select_from(AttemptRecord)
        .outerjoin(last, true())
        .outerjoin(ContactRecord, ContactRecord.attempt_id == AttemptRecord.id)
        .where(among(AttemptRecord.sitting_id, sitting_ids), AttemptRecord.state != State.READY)
    )
    return {row[1]: Pulse(*row) for row in rows}


def answered(reading: Reading, attempt_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many questions of each of these attempts have an answer; those without any are left out."""
    counted = _counted(among(AttemptRecord.id, attempt_ids))
    return {row[0]: row[1] for row in reading.session.execute(select(counted.c.attempt_id, counted.c.answered))}


def _counted(attempts: ColumnElement[bool]) -> Subquery:
    """How many questions of each of these attempts have an answer: what the last step of a question says."""
    last = (
        select(StepRecord.attempt_id, func.max(StepRecord.sequence).label("sequence"))
        .join(AttemptRecord, AttemptRecord.id == StepRecord.attempt_id)
        .where(attempts, StepRecord.act == Act.ANSWER)
        .group_by(StepRecord.attempt_id, StepRecord.question)
        .subquery()
    )
    return (
        select(StepRecord.attempt_id, func.count().filter(StepRecord.answer != NO_ANSWER).label("answered"))
        .join(last, and_(StepRecord.attempt_id == last.c.attempt_id, StepRecord.sequence == last.c.sequence))
        .group_by(StepRecord.attempt_id)
        .subquery()
    )


def _last_step() -> LateralFromClause:
    """The last step of an attempt, found by the key alone: however many there are, one is read."""
    return (
        select(StepRecord.sequence, StepRecord.at)
        .where(StepRecord.attempt_id == AttemptRecord.id)
        .order_by(StepRecord.sequence.desc())
        .limit(1)
        .lateral()
    )


def sitting_of_attempt(reading: Reading, attempt_id: UUID) -> UUID:
    """Where an attempt takes place, read without its row's lock. Raises NoSuchAttempt."""
    found = reading.session.scalar(select(AttemptRecord.sitting_id).where(AttemptRecord.id == attempt_id))
    if found is None:
        raise NoSuchAttempt
    return found


def supervised_record(reading: Reading, attempt_id: UUID) -> AttemptRecord:
    """The row, locked, of an attempt in a sitting in which the actor is on duty. Raises NoSuchAttempt, NotOnDuty."""
    sittings.require_on_duty(reading, sitting_of_attempt(reading, attempt_id))
    return attempt_record(reading, attempt_id)


def attempt_record(reading: Reading, attempt_id: UUID) -> AttemptRecord:
    """The row of an attempt that was begun, locked against answers that are on their way; for this room's own actions.

    Raises:
        NoSuchAttempt
    """
    record = reading.session.get(AttemptRecord, attempt_id, with_for_update=True, populate_existing=True)
    if record is None or record.state is State.READY:
        raise NoSuchAttempt
    return record
