"""What a practical does by itself when the exam office has ended it."""

from exams.practicals.actions.concluding import record_given_up
from exams.practicals.events import PracticalEnded
from exams.practicals.rules import Ending
from kernel.work import Work


def practical_ended(work: Work, event: PracticalEnded) -> None:
    """Whoever gave up has a result, so that the sitting can be closed; nobody is told before the release."""
    if event.ending == Ending.GIVEN_UP:
        record_given_up(work, practical_id=event.practical_id)
