"""What invigilators do at the door: check a candidate in, and let one start after the doors closed."""

from uuid import UUID

from exams.arrivals import actions as arriving
from exams.arrivals import queries as arrivals
from exams.attempts.actions import sitting_down
from exams.invigilation.actions.noting import note, said
from exams.invigilation.rules import NoteKind
from exams.sittings.queries.room import hold_room
from exams.standards.rules import Part
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.INVIGILATE)
def check_in(work: Work, *, registration_id: UUID) -> None:
    """The invigilator has compared person, identity card and photo; the paper is ready from now on.

    Raises:
        what `record_arrival` raises.
    """
    row = arriving.record_arrival(work, registration_id=registration_id)
    if row.part is Part.THEORY:
        sitting_down.make_ready(work, registration_id=row.id)


@action(needs=Permission.INVIGILATE)
def let_in_late(work: Work, *, registration_id: UUID, reason: str) -> None:
    """Let a candidate start after the doors closed.

    Raises:
        NoSuchRegistration, NotOnDuty, NotCheckedIn, ReasonMissing
    """
    row, because = arrivals.candidate(work, registration_id), said(reason)
    assert row.sitting_id is not None
    hold_room(work, row.sitting_id, exclusively=True)
    arriving.record_late_entry(work, registration_id=row.id, because=because)
    note(work, row.sitting_id, NoteKind.LET_IN, because, about=row.id)
