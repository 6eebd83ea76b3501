"""A sitting that was opened is annulled: whoever works is stopped, and it counts for nobody."""

from uuid import UUID

from exams.attempts.actions import finishing
from exams.invigilation import queries
from exams.invigilation.actions.noting import note
from exams.invigilation.rules import NoteKind
from exams.sittings import actions as stepping
from exams.sittings.queries.room import hold_room
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.ANNUL_SITTINGS)
def annul_room(work: Work, sitting_id: UUID, *, reason: str) -> int:
    """Annul a whole sitting, open or closed; how many candidates wait again. Attempts and steps stay as evidence.

    The room record says it too, unless it was signed before: nothing is added to a signed record.

    Raises:
        what `annul_sitting` raises.
    """
    hold_room(work, sitting_id, exclusively=True)  # nobody starts while it is being annulled
    waiting = stepping.annul_sitting(work, sitting_id, reason=reason)
    finishing.annul_open(work, sitting_id=sitting_id)
    if not any(line.kind is NoteKind.SIGNED for line in queries.room_record(work, sitting_id)):
        note(work, sitting_id, NoteKind.ANNULLED, reason.strip())
    return waiting
