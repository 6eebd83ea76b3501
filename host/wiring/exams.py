"""What exams do when another announces, and from time to time."""

from operator import attrgetter

from exams.arrivals.events import CandidateCheckedIn
from exams.attempts.actions.finishing import close_overdue
from exams.invigilation.events import RoomNoted
from exams.marking import reactions as attempts
from exams.marking.events import PaperCollected
from exams.practicals import reactions as practicals
from exams.practicals.events import PracticalDrawn, PracticalEnded
from exams.results.events import ResultRecorded
from exams.sittings.actions import recheck_staff
from exams.sittings.events import (
    SITTING,
    DutyTakenUp,
    SittingAnnulled,
    SittingCalledOff,
    SittingClosed,
    SittingConfirmed,
    SittingDrawn,
    SittingReleased,
    StaffAssigned,
    StaffRelieved,
)
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings

RECHECK_STAFF_EVERY_SECONDS = 600.0
CLOSE_OVERDUE_EVERY_SECONDS = 2.0
# What changes how a sitting or its room looks. Not what a whole room of candidates does in the same minute, beginning
# and handing in: hints make transactions queue for their commit, and who watches a room at work looks every second.
CHANGES_A_SITTING = (
    CandidateCheckedIn,
    DutyTakenUp,
    PracticalDrawn,
    PracticalEnded,
    ResultRecorded,
    RoomNoted,  # opened, closed, let in, moved, given time, a breach, an incident
    SittingAnnulled,
    SittingCalledOff,
    SittingConfirmed,
    SittingDrawn,
    SittingReleased,
    StaffAssigned,
    StaffRelieved,
)


def wire(wires: Wiring, _: Settings) -> None:
    """The reactions and periodic deeds of exams."""
    wires.every(
        RECHECK_STAFF_EVERY_SECONDS,
        recheck_staff,
        face=Face.EXAMINATION,
        name="exams.sittings/recheck_staff",
        is_heavy=True,
    )
    wires.every(CLOSE_OVERDUE_EVERY_SECONDS, close_overdue, face=Face.EXAMINATION, name="exams.attempts/close_overdue")
    wires.wire(SittingClosed, attempts.sitting_closed, face=Face.EXAMINATION, name="exams.attempts/sitting_closed")
    wires.wire(
        PracticalEnded, practicals.practical_ended, face=Face.EXAMINATION, name="exams.practicals/practical_ended"
    )
    wires.wire(PaperCollected, attempts.paper_collected, face=Face.EXAMINATION, name="exams.attempts/paper_collected")
    for event in CHANGES_A_SITTING:
        wires.hint(event, SITTING, attrgetter("sitting_id"))
