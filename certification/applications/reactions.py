"""When exams announces that a result is released."""

from certification.applications.actions import record_passed_part
from exams.results.events import ResultReleased
from kernel.work import Work


def result_released(work: Work, event: ResultReleased) -> None:
    """Keep a passed part; failed ones concern exams alone."""
    if event.passed:
        record_passed_part(work, event)
