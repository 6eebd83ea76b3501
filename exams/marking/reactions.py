"""What marking does by itself when a sitting is over."""

from exams.marking.actions import collect_papers, mark_attempt, mark_unstarted
from exams.marking.events import PaperCollected
from exams.sittings import queries as sittings
from exams.sittings.events import SittingClosed
from exams.sittings.rules import State as SittingState
from kernel.work import Work


def sitting_closed(work: Work, event: SittingClosed) -> None:
    """Whoever was there has a result, for a paper or for none begun; of an annulled sitting nothing is marked."""
    if sittings.sitting_times(work, event.sitting_id).state is SittingState.ANNULLED:
        return
    collect_papers(work, sitting_id=event.sitting_id)
    mark_unstarted(work, sitting_id=event.sitting_id)


def paper_collected(work: Work, event: PaperCollected) -> None:
    """Mark it; nobody is told before the release. The sitting may have been annulled since it was closed."""
    if sittings.sitting_times(work, event.sitting_id).state is SittingState.ANNULLED:
        return
    mark_attempt(work, attempt_id=event.attempt_id)
