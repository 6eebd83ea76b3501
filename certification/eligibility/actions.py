"""The one deed of the passage: completed hours become an eligibility."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from certification.eligibility.events import EligibilityGranted
from certification.eligibility.queries import eligibility_of_enrolment
from certification.eligibility.rules import check_hours, proof_number
from certification.eligibility.tables import PROOF_NUMBERS, EligibilityRecord
from kernel.ids import new_id
from kernel.work import PLATFORM_ONLY, Work, action


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What training announced: the hours of an outline are complete."""

    enrolment_id: UUID
    person_id: UUID
    qualification: str
    outline: str
    outline_version: int
    training_kind: str
    hours_required: Decimal
    hours_credited: Decimal
    started_on: date
    completed_on: date
    provider_id: UUID
    provider_name: str
    teacher_ids: tuple[UUID, ...]
    demonstration: bool


@action(needs=PLATFORM_ONLY)
def grant_eligibility(work: Work, completion: Completion) -> EligibilityRecord:
    """Write the eligibility and number its proof; the same enrolment announced twice changes nothing.

    Raises:
        HoursMissing: when the hours do not reach the outline's.
    """
    known = eligibility_of_enrolment(work, completion.enrolment_id)
    if known:
        return known
    check_hours(required=completion.hours_required, credited=completion.hours_credited)
    record = EligibilityRecord(
        id=new_id(),
        enrolment_id=completion.enrolment_id,
        person_id=completion.person_id,
        qualification=completion.qualification,
        outline=completion.outline,
        outline_version=completion.outline_version,
        training_kind=completion.training_kind,
        hours_required=completion.hours_required,
        hours_credited=completion.hours_credited,
        started_on=completion.started_on,
        completed_on=completion.completed_on,
        provider_id=completion.provider_id,
        provider_name=completion.provider_name,
        teacher_ids=[str(teacher) for teacher in completion.teacher_ids],
        proof_number=proof_number(completion.completed_on, work.session.scalar(PROOF_NUMBERS)),
        demonstration=completion.demonstration,
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
    return record
