"""Handing in, by the candidate or by the server when the time is up; and marking, in a work of its own.

Marking waits for the closing of the room. Results are never taken back, and until then two invigilators may still find
that somebody cheated who has handed in quickly. It is a reaction and no part of closing: a paper that cannot be marked
keeps nobody from going home; the delivery is tried again.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from exams.attempts import queries
from exams.attempts.errors import NoSuchAttempt, OpenElsewhere
from exams.attempts.events import AttemptEnded, PaperCollected
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import GRACE, Attempt, AttemptId, State, answers, desk_digest, receipt
from exams.attempts.tables import AttemptRecord, MarksRecord
from exams.breaches import queries as breaches
from exams.papers import queries as papers
from exams.results import actions as results
from exams.results.queries import result_of_registration
from exams.results.rules import WeakPoint
from exams.scoring.rules import METHOD, Marks, mark
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel import sealed
from kernel.clock import shanghai_date
from kernel.keys import PAPERS
from kernel.work import PLATFORM_ONLY, Reading, Work, action
from people.access.rules import Permission

AT_MOST_AT_ONCE = 200
NOTHING = Decimal(0)


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
    finish(work, record, queries.as_rule(record).hand_in(work.now))


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
        finish(work, record, queries.as_rule(record).run_out(work.now))


def finish(work: Work, record: AttemptRecord, ended: Attempt) -> None:
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


@action(needs=PLATFORM_ONLY)
def collect_papers(work: Work, *, sitting_id: UUID) -> None:
    """The room is closed: each attempt is marked in a work of its own, so that one that cannot be keeps no other."""
    for attempt in queries.attempts_of_sitting(work, sitting_id).values():
        work.announce(PaperCollected(attempt_id=attempt.id, sitting_id=sitting_id))


@action(needs=PLATFORM_ONLY)
def mark_attempt(work: Work, *, attempt_id: UUID) -> None:
    """Mark an attempt that is over, and keep the result until its release. Marking twice records one result.

    Raises:
        NoSuchAttempt, BreachUndecided, SealBroken, KeyNotHeld, OtherResultRecorded
    """
    record = work.session.get(AttemptRecord, attempt_id)
    if record is None or not record.state.is_over:
        raise NoSuchAttempt
    begun = queries.as_row(record)
    marks = replay(work, attempt_id)
    _keep_marks(work, attempt_id, marks)
    pass_mark = sittings.sitting(work, record.sitting_id).pass_mark
    worth = _worth(work, record.registration_id, record.state, marks, pass_mark)
    results.record_result(
        work,
        registration_id=record.registration_id,
        reference_id=record.id,
        score=worth.score,
        pass_mark=pass_mark,
        passed=worth.passed,
        cancelled=worth.cancelled,
        weak_points=[WeakPoint(point.point, point.share) for point in marks.weak_points()],
        taken_on=shanghai_date(begun.started_at),
    )


def _keep_marks(work: Work, attempt_id: UUID, marks: Marks) -> None:
    """The first marks stay; that another marking comes to the same is what `verify_evidence` finds out."""
    first = insert(MarksRecord).values(attempt_id=attempt_id, marked_at=work.now).on_conflict_do_nothing()
    if work.session.scalar(first.returning(MarksRecord.attempt_id)):
        sealed.keep(work, PAPERS, queries.MARKS, attempt_id, marks.canonical_bytes())


@action(needs=PLATFORM_ONLY)
def mark_unstarted(work: Work, *, sitting_id: UUID) -> None:
    """Nothing earned for who was checked in and never began, and for who was sent out: that is a result too.

    In a practical the examiners' signatures write the results; only those sent out are without one.
    """
    sitting = sittings.sitting(work, sitting_id)
    sent_out = {about for about, breach in breaches.breaches_in(work, sitting_id).items() if breach.is_confirmed}
    there = queries.check_ins(work, sitting_id).keys() if sitting.part is Part.THEORY else sent_out
    for registration_id in there - queries.attempts_of_sitting(work, sitting_id).keys():
        results.record_result(
            work,
            registration_id=registration_id,
            score=NOTHING,
            pass_mark=sitting.pass_mark,
            passed=False,
            cancelled=registration_id in sent_out,
            taken_on=shanghai_date(sitting.starts_at),
        )


def replay(reading: Reading, attempt_id: UUID, *, method: int = METHOD) -> Marks:
    """What the kept steps of an attempt are worth on its paper: the same every time. Raises NoSuchAttempt."""
    record = reading.session.get(AttemptRecord, attempt_id)
    if record is None:
        raise NoSuchAttempt
    paper = papers.paper_for_marking(reading, record.paper_id)
    return mark(
        paper, papers.asked(reading, paper), answers(queries.steps(reading, AttemptId(record.id))), method=method
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What an attempt comes to: the marks of its steps, or nothing where two invigilators found a breach."""

    score: Decimal
    passed: bool
    cancelled: bool


def _worth(reading: Reading, registration_id: UUID, state: State, marks: Marks, pass_mark: Decimal) -> Worth:
    is_cancelled = state is State.ENDED or breaches.is_sent_out(reading, registration_id)
    score = NOTHING if is_cancelled else marks.given
    return Worth(score, not is_cancelled and score >= pass_mark, is_cancelled)


def result_again(
    reading: Reading, sitting: SittingRow, registration_id: UUID, attempt: AttemptRow | None
) -> Worth | None:
    """The result that a theory registration should have, from its evidence alone; None where none is due (yet).

    Raises:
        NoSuchAttempt, SealBroken, KeyNotHeld
    """
    if sitting.state not in {SittingState.CLOSED, SittingState.RELEASED, SittingState.ANNULLED}:
        return None
    if attempt is not None:
        known = result_of_registration(reading, registration_id)
        marks = replay(reading, attempt.id, method=known.method if known else METHOD)
        return _worth(reading, registration_id, attempt.state, marks, sitting.pass_mark)
    if queries.check_in_of(reading, registration_id) is None:
        return None
    return Worth(NOTHING, passed=False, cancelled=breaches.is_sent_out(reading, registration_id))
