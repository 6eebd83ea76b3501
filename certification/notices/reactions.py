"""When exams announces that a result is released, its candidate is told that it is there."""

from certification.notices.rules import SUBJECT, result_notice
from exams.results.events import ResultReleased
from exams.standards.queries import qualification_names
from kernel.work import Work
from people.messages.actions import text_person


def result_released(address: str, work: Work, event: ResultReleased) -> None:
    """Write the candidate a message; `address` is the platform's. A fact that comes twice is told once."""
    exam = qualification_names(event.qualification).zh
    text_person(
        work,
        key=f"exams.result_released/{event.result_id}",
        person_id=event.person_id,
        subject=SUBJECT,
        body=result_notice(exam, event.part, f"{address.rstrip('/')}/results"),
    )
