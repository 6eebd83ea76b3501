"""What the exam room does by itself when a sitting is over."""

from exams.attempts.actions.finishing import collect_papers, mark_attempt, mark_unstarted
from exams.attempts.events import PaperCollected
from exams.sittings.events import SittingClosed
from kernel.work import Work


def sitting_closed(work: Work, event: SittingClosed) -> None:
    """Whoever was there has a result, so that the sitting can be released: for a paper, or for none begun."""
    collect_papers(work, sitting_id=event.sitting_id)
    mark_unstarted(work, sitting_id=event.sitting_id)


def paper_collected(work: Work, event: PaperCollected) -> None:
    """Mark it; nobody is told before the release."""
    mark_attempt(work, attempt_id=event.attempt_id)
