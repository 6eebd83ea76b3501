"""What the exam room does by itself when an attempt or a sitting is over."""

from exams.attempts.actions.finishing import mark_attempt, mark_unstarted
from exams.attempts.events import AttemptEnded
from exams.sittings import queries as sittings
from exams.sittings.events import SittingClosed
from exams.sittings.rules import State as SittingState
from kernel.work import Work


def attempt_ended(work: Work, event: AttemptEnded) -> None:
    """Mark it at once; nobody is told before the release. Of a sitting that was annulled there is nothing to mark."""
    if sittings.sitting_times(work, event.sitting_id).state is SittingState.ANNULLED:
        return
    mark_attempt(work, attempt_id=event.attempt_id)


def sitting_closed(work: Work, event: SittingClosed) -> None:
    """Whoever was there and did not begin has a result as well, so that the sitting can be released."""
    if sittings.sitting_times(work, event.sitting_id).state is SittingState.ANNULLED:
        return
    mark_unstarted(work, sitting_id=event.sitting_id)
