"""The one deed of the passage: completed hours become an eligibility."""

from certification.eligibility.events import EligibilityGranted
from certification.eligibility.queries import Eligibility, as_view, eligibility_of_enrolment
from certification.eligibility.rules import check_hours, proof_number
from certification.eligibility.tables import PROOF_NUMBERS, EligibilityRecord
from kernel.ids import new_id
from kernel.work import PLATFORM_ONLY, Work, action
from training.records.events import HoursCompleted


@action(needs=PLATFORM_ONLY)
def grant_eligibility(work: Work, completed: HoursCompleted) -> Eligibility:
    """Write the eligibility and number its proof; the same enrolment announced twice changes nothing.

    Raises:
        HoursMissing: when the hours do not reach the outline's.
    """
    known = eligibility_of_enrolment(work, completed.enrolment_id)
    if known:
        return known
    check_hours(required=completed.hours_required, credited=completed.hours_credited)
    record = EligibilityRecord(
        id=new_id(),
        enrolment_id=completed.enrolment_id,
        person_id=completed.person_id,
        qualification=completed.qualification,
        outline=completed.outline,
        outline_name=completed.outline_name or None,
        outline_version=completed.outline_version,
        training_kind=completed.training_kind,
        hours_required=completed.hours_required,
        hours_credited=completed.hours_credited,
        started_on=completed.started_on,
        completed_on=completed.completed_on,
        provider_id=completed.provider_id,
        provider_name=completed.provider_name,
        teacher_ids=[str(teacher) for teacher in completed.teacher_ids],
        proof_number=proof_number(completed.completed_on, work.session.scalar(PROOF_NUMBERS)),
        demonstration=completed.demonstration,
        granted_at=work.now,
    )
    work.session.add(record)
    work.announce(
        EligibilityGranted(
            eligibility_id=record.id,
            person_id=record.person_id,
            qualification=record.qualification,
            proof_number=record.proof_number,
        )
    )
    return as_view(record)
