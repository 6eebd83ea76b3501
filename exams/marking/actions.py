"""Marking, in a work of its own.

It waits for the closing of the room. Results are never taken back, and until then two invigilators may still find that
somebody cheated who has handed in quickly. It is a reaction and no part of closing: a paper that cannot be marked keeps
nobody from going home; the delivery is tried again.
"""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.arrivals import queries as arrivals
from exams.attempts import queries as attempts
from exams.attempts.errors import NoSuchAttempt
from exams.breaches import queries as breaches
from exams.marking import queries
from exams.marking.events import PaperCollected
from exams.marking.rules import NOTHING
from exams.marking.tables import MarksRecord
from exams.results import actions as results
from exams.results.rules import WeakPoint
from exams.scoring.rules import Marks
from exams.sittings import queries as sittings
from exams.standards.rules import Part
from kernel import sealed
from kernel.clock import shanghai_date
from kernel.keys import PAPERS
from kernel.work import PLATFORM_ONLY, Work, action


@action(needs=PLATFORM_ONLY)
def collect_papers(work: Work, *, sitting_id: UUID) -> None:
    """The room is closed: each attempt is marked in a work of its own, so that one that cannot be keeps no other."""
    for attempt in attempts.attempts_of_sitting(work, sitting_id).values():
        work.announce(PaperCollected(attempt_id=attempt.id, sitting_id=sitting_id))


@action(needs=PLATFORM_ONLY)
def mark_attempt(work: Work, *, attempt_id: UUID) -> None:
    """Mark an attempt that is over, and keep the result until its release. Marking twice records one result.

    Raises:
        NoSuchAttempt, BreachUndecided, SealBroken, KeyNotHeld, OtherResultRecorded
    """
    attempt = attempts.begun_attempt(work, attempt_id)
    if not attempt.state.is_over:
        raise NoSuchAttempt
    marks = queries.replay(work, attempt_id)
    _keep_marks(work, attempt_id, marks)
    pass_mark = sittings.sitting(work, attempt.sitting_id).pass_mark
    worth = queries.worth_of(work, attempt, marks, pass_mark)
    results.record_result(
        work,
        registration_id=attempt.registration_id,
        reference_id=attempt.id,
        score=worth.score,
        pass_mark=pass_mark,
        passed=worth.passed,
        cancelled=worth.cancelled,
        weak_points=[WeakPoint(point.point, point.share) for point in marks.weak_points()],
        taken_on=shanghai_date(attempt.started_at),
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
    there = arrivals.check_ins(work, sitting_id).keys() if sitting.part is Part.THEORY else sent_out
    for registration_id in there - attempts.attempts_of_sitting(work, sitting_id).keys():
        results.record_result(
            work,
            registration_id=registration_id,
            score=NOTHING,
            pass_mark=sitting.pass_mark,
            passed=False,
            cancelled=registration_id in sent_out,
            taken_on=shanghai_date(sitting.starts_at),
        )
