"""What a re-check changes: how a registration ended, and what rests on that."""

from datetime import date
from uuid import UUID

from exams.registrations import queries
from exams.registrations.actions.registering import announce_decision, decision_about, lose_seat
from exams.registrations.events import OutcomeCorrected
from exams.registrations.rules import Outcome, State
from exams.standards.rules import REVISE, Part
from kernel.because import Because
from kernel.work import Work, action
from people.access.rules import Permission

LOST_GROUND = "理论考试成绩经复核更正为不合格"  # as it stands in the audit, beside what officers write there


@action(needs=Permission.ANSWER_RECHECKS, by_two=REVISE)
def correct_outcome(work: Work, *, registration_id: UUID, outcome: Outcome, counts_until: date | None = None) -> None:
    """A re-check found that it ended otherwise. Raises NoSuchRegistration."""
    record = queries.registration_record(work, registration_id)
    record.outcome, record.counts_until = outcome, counts_until
    work.announce(OutcomeCorrected(registration_id=record.id, person_id=record.person_id, outcome=outcome.value))


@action(needs=Permission.ANSWER_RECHECKS, by_two=REVISE)
def lose_ground(work: Work, *, person_id: UUID, qualification: str) -> None:
    """A re-check took the pass of theory back: a practical that was not begun is decided anew, and refused with why.

    One at which the candidate was already identified goes on to its end, and its result is recorded; it completes
    nothing, for no theory exam that is passed stands before it.
    """
    work.session.flush()  # what was corrected a moment ago decides
    for record in queries.open_records(work, person_id, qualification, Part.PRACTICAL):
        if record.attended_at is not None:
            continue
        decision = decision_about(work, record, record.exam_on or record.earliest_on)
        if decision.is_accepted:
            continue
        if record.sitting_id is not None:
            lose_seat(work, record, record.sitting_id, Because(LOST_GROUND))
        record.state, record.decision, record.ended_at = State.REFUSED, decision.as_json(), work.now
        work.session.flush()
        announce_decision(work, record, decision)
