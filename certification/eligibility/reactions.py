"""When training announces that the hours of an outline are complete."""

from certification.eligibility.actions import grant_eligibility
from exams.registrations.actions import accept_eligibility
from kernel.clock import shanghai_date
from kernel.work import Work
from training.records.events import HoursCompleted


def hours_completed(work: Work, event: HoursCompleted) -> None:
    """Grant the eligibility with its numbered proof, and tell exams this one fact of training."""
    granted = grant_eligibility(work, event)
    accept_eligibility(
        work,
        person_id=granted.person_id,
        qualification=granted.qualification,
        granted_on=shanghai_date(granted.granted_at),
        valid_until=None,  # no rule read says that completed training goes stale
        provider_id=granted.provider_id,
        provider_name=granted.provider_name,
        teacher_ids=event.teacher_ids,
        proof_number=granted.proof_number,
        demonstration=granted.demonstration,
    )
