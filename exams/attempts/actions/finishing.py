"""How an attempt ends: handed in by the candidate, by the server when the time is up, or stopped by those in charge."""

from uuid import UUID

from sqlalchemy import select

from exams.attempts import queries
from exams.attempts.errors import NoSuchAttempt, OpenElsewhere
from exams.attempts.events import AttemptEnded
from exams.attempts.rules import GRACE, Attempt, AttemptId, State, desk_digest, receipt
from exams.attempts.tables import AttemptRecord
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission

AT_MOST_AT_ONCE = 200


@action(needs=Permission.SIT_EXAMS)
def hand_in(work: Work, *, attempt_id: UUID, token: str) -> None:
    """The candidate hands in; from here on no answer of this attempt changes. Handing in twice is harmless.

    Raises:
        NoSuchAttempt, OpenElsewhere, TimeIsUp
    """
    record = queries.attempt_record(work, attempt_id)
    if record.person_id != work.actor.person_id:
        raise NoSuchAttempt
    if record.state.is_over:
        return
    if record.desk_digest != desk_digest(token):
        raise OpenElsewhere
    _finish(work, record, queries.as_rule(record).hand_in(work.now))


@action(needs=PLATFORM_ONLY)
def close_overdue(work: Work) -> None:
    """Hand in for everybody whose time and grace are over. The worker does this every few seconds, for ever."""
    overdue = work.session.scalars(
        select(AttemptRecord)
        .where(AttemptRecord.state == State.OPEN, AttemptRecord.deadline < work.now - GRACE)
        .order_by(AttemptRecord.deadline)
        .limit(AT_MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for record in overdue:
        _finish(work, record, queries.as_rule(record).run_out(work.now))


@action(needs=Permission.INVIGILATE)
def end_for_breach(work: Work, *, registration_id: UUID) -> None:
    """Two invigilators have found a breach: what is still open ends, and nothing else does.

    Raises:
        NotOnDuty
    """
    attempt = queries.attempt_of_registration(work, registration_id)
    record = queries.supervised_record(work, attempt.id) if attempt else None
    if record is not None and record.state is State.OPEN:  # else it was handed in or ran out while this was discussed
        _finish(work, record, queries.as_rule(record).end())


@action(needs=Permission.ANNUL_SITTINGS)
def annul_open(work: Work, *, sitting_id: UUID) -> None:
    """The sitting counts for nobody: whoever works is stopped. Attempts and steps stay as evidence."""
    working = work.session.scalars(
        select(AttemptRecord.id).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state == State.OPEN)
    ).all()
    for attempt_id in working:
        record = queries.attempt_record(work, attempt_id)
        if not record.state.is_over:  # handed in a moment ago
            _finish(work, record, queries.as_rule(record).annul())


def _finish(work: Work, record: AttemptRecord, ended: Attempt) -> None:
    """Write down how the attempt ended; its row is locked, so every answer that was confirmed is there by now."""
    steps = queries.steps(work, AttemptId(record.id))
    proof = receipt(steps)
    record.state, record.closed_at, record.receipt, record.desk_digest = ended.state, work.now, proof, None
    work.session.flush()
    work.announce(
        AttemptEnded(
            attempt_id=record.id,
            person_id=record.person_id,
            sitting_id=record.sitting_id,
            how=ended.state.value,
            steps=len(steps),
            receipt=proof,
        )
    )
