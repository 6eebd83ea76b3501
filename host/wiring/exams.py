"""What exams do when another announces, and from time to time."""

from exams.attempts.actions.finishing import close_overdue
from exams.marking import reactions as attempts
from exams.marking.events import PaperCollected
from exams.practicals import reactions as practicals
from exams.practicals.events import PracticalEnded
from exams.sittings.actions import recheck_staff
from exams.sittings.events import SittingClosed
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings

RECHECK_STAFF_EVERY_SECONDS = 600.0
CLOSE_OVERDUE_EVERY_SECONDS = 2.0


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
