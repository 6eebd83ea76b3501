"""When exams announces that a result is released, or revised."""

from certification.applications.actions import record_passed_part, revise_passed_part
from exams.results.events import ResultReleased
from kernel.work import Work


def result_released(work: Work, event: ResultReleased) -> None:
    """Keep a passed part; failed ones concern exams alone, unless they were passed before a re-check."""
    if event.supersedes is not None:
        revise_passed_part(work, event)
    elif event.passed:
        record_passed_part(work, event)
