"""What the exam room does by itself when an attempt or a sitting is over."""

from exams.attempts.actions.finishing import mark_attempt, mark_unstarted
from exams.attempts.events import AttemptEnded
from exams.sittings.events import SittingClosed
from kernel.work import Work


def attempt_ended(work: Work, event: AttemptEnded) -> None:
    """Mark it at once; nobody is told before the release."""
    mark_attempt(work, attempt_id=event.attempt_id)


def sitting_closed(work: Work, event: SittingClosed) -> None:
    """Whoever was there and did not begin has a result as well, so that the sitting can be released."""
    mark_unstarted(work, sitting_id=event.sitting_id)
