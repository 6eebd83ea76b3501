"""What is decided about a person and an exam, and all that it rests on."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from exams.bars.queries import bars_against
from exams.papers import queries as papers
from exams.registrations.rules import (
    OPEN_STATES,
    Application,
    Bar,
    Candidate,
    Decision,
    Eligibility,
    History,
    PastExam,
    decide,
)
from exams.registrations.tables import EligibilityRecord, RegistrationRecord
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.work import Reading
from people.accounts import queries as accounts
from people.accounts.errors import NoSuchPerson


def decision(
    reading: Reading,
    *,
    person_id: UUID,
    qualification: str,
    part: Part,
    day: date,
    without: UUID | None = None,
) -> Decision:
    """The decision about a person and an exam on `day`; registration `without` is left out of account.

    Raises:
        NoSuchPerson, NoRegimeInForce, QualificationUnknown.
    """
    person = accounts.particulars(reading, person_id)
    if person is None:
        raise NoSuchPerson
    known = history(reading, person_id, qualification, without=without)
    if blueprint := standards.blueprint_of(qualification, part, day):
        known = replace(known, made_questions=papers.stands_behind(reading, blueprint, person_id))
    return decide(
        Application(part, day),
        Candidate(person.birth_date, person.sex.value if person.sex else None),
        known,
        standards.regime_for(qualification, day),
        standards.retirement_tracks(),
    )


def history(reading: Reading, person_id: UUID, qualification: str, *, without: UUID | None = None) -> History:
    """All that exams knows of a person and one qualification."""
    eligibilities = reading.session.scalars(
        select(EligibilityRecord).where(
            EligibilityRecord.person_id == person_id, EligibilityRecord.qualification == qualification
        )
    )
    records = reading.session.scalars(
        select(RegistrationRecord).where(
            RegistrationRecord.person_id == person_id, RegistrationRecord.qualification == qualification
        )
    ).all()
    return History(
        eligibilities=tuple(
            Eligibility(each.proof_number, each.granted_on, each.valid_until, each.provider_name)
            for each in eligibilities
        ),
        exams=tuple(
            PastExam(record.part, record.exam_on, record.outcome, record.counts_until)
            for record in records
            if record.exam_on and record.outcome
        ),
        bars=tuple(Bar(bar.until, bar.reason, bar.point) for bar in bars_against(reading, person_id)),
        open_parts=frozenset(record.part for record in records if record.state in OPEN_STATES and record.id != without),
    )
