"""When exams announces that a result is released."""

from certification.applications.actions import record_passed_part
from certification.applications.queries import ReleasedPart
from certification.programmes.rules import Part
from exams.results.events import ResultReleased
from kernel.work import Work


def result_released(work: Work, event: ResultReleased) -> None:
    """Keep a passed part; failed ones concern exams alone."""
    if not event.passed:
        return
    record_passed_part(
        work,
        ReleasedPart(
            result_id=event.result_id,
            person_id=event.person_id,
            qualification=event.qualification,
            part=Part(event.part),
            score=event.score,
            pass_mark=event.pass_mark,
            taken_on=event.taken_on,
            released_at=event.released_at,
            valid_until=event.valid_until,
        ),
    )
