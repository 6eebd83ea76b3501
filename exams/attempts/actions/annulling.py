"""A sitting that was opened is annulled: whoever works is stopped, and it counts for nobody."""

from uuid import UUID

from sqlalchemy import select

from exams.attempts import queries
from exams.attempts.actions.finishing import finish
from exams.attempts.actions.noting import note
from exams.attempts.rules import NoteKind, State
from exams.attempts.tables import AttemptRecord
from exams.sittings import actions as stepping
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.ANNUL_SITTINGS)
def annul_room(work: Work, sitting_id: UUID, *, reason: str) -> int:
    """Annul a whole sitting, open or closed; how many candidates wait again. Attempts and steps stay as evidence.

    The room record says it too, unless it was signed before: nothing is added to a signed record.

    Raises:
        what `annul_sitting` raises.
    """
    queries.hold_room(work, sitting_id, exclusively=True)  # nobody starts while it is being annulled
    waiting = stepping.annul_sitting(work, sitting_id, reason=reason)
    working = work.session.scalars(
        select(AttemptRecord.id).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state == State.OPEN)
    ).all()
    for attempt_id in working:
        record = queries.attempt_record(work, attempt_id)
        if not record.state.is_over:  # handed in a moment ago
            finish(work, record, queries.as_rule(record).annul())
    if not any(line.kind is NoteKind.SIGNED for line in queries.room_record(work, sitting_id)):
        note(work, sitting_id, NoteKind.ANNULLED, reason.strip())
    return waiting
