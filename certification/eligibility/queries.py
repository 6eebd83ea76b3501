"""Eligibilities and training proofs, as offices and holders see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from certification.certificates.rules.face import ProofFacts
from certification.eligibility.errors import NoSuchProof, ProofWithoutPhoto
from certification.eligibility.rules import plain_hours, training_order
from certification.eligibility.tables import EligibilityRecord
from certification.programmes.queries import validity_regimes
from kernel.db import among
from kernel.work import Reading
from people.accounts.queries import documents, particulars, photo
from people.positions.queries import vocabulary
from people.positions.rules import Qualification


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What training has established of one person, and the number of its proof."""

    id: UUID
    person_id: UUID
    qualification: str
    proof_number: str
    provider_id: UUID
    provider_name: str
    hours_required: Decimal
    hours_credited: Decimal
    completed_on: date
    granted_at: datetime
    demonstration: bool


def eligibility(reading: Reading, eligibility_id: UUID) -> Eligibility:
    """One eligibility. Raises NoSuchProof."""
    return as_view(_record(reading, eligibility_id))


def newest_eligibility(reading: Reading, person_id: UUID, qualification: str) -> Eligibility | None:
    """The newest eligibility of a person for a qualification."""
    return newest_eligibilities(reading, [person_id]).get((person_id, qualification))


def newest_eligibilities(reading: Reading, person_ids: Sequence[UUID]) -> dict[tuple[UUID, str], Eligibility]:
    """The newest eligibility of each person for each qualification."""
    query = (
        select(EligibilityRecord).where(among(EligibilityRecord.person_id, person_ids)).order_by(EligibilityRecord.id)
    )
    return {(row.person_id, row.qualification): as_view(row) for row in reading.session.scalars(query)}


def eligibility_of_enrolment(reading: Reading, enrolment_id: UUID) -> Eligibility | None:
    """The eligibility that this enrolment led to, once it did."""
    record = reading.session.scalars(
        select(EligibilityRecord).where(EligibilityRecord.enrolment_id == enrolment_id)
    ).first()
    return None if record is None else as_view(record)


def own_proofs(reading: Reading) -> list[Eligibility]:
    """The actor's own training proofs, newest first."""
    query = select(EligibilityRecord).where(EligibilityRecord.person_id == reading.actor.person_id)
    return [as_view(record) for record in reading.session.scalars(query.order_by(EligibilityRecord.id.desc()))]


def own_proof(reading: Reading, eligibility_id: UUID) -> UUID:
    """The id of one of the actor's own training proofs. Raises NoSuchProof, for those of others too."""
    if proof_holder(reading, eligibility_id) != reading.actor.person_id:
        raise NoSuchProof
    return eligibility_id


def proof_photo(reading: Reading, eligibility_id: UUID) -> bytes:
    """The photo for a training proof. Raises NoSuchProof, ProofWithoutPhoto."""
    picture = photo(reading, proof_holder(reading, eligibility_id))
    if picture is None:
        raise ProofWithoutPhoto
    return picture


def proof_holder(reading: Reading, eligibility_id: UUID) -> UUID:
    """Whose training proof it is. Raises NoSuchProof."""
    return _record(reading, eligibility_id).person_id


def proof(reading: Reading, eligibility_id: UUID) -> ProofFacts:
    """What a training proof says. Raises NoSuchProof."""
    record = _record(reading, eligibility_id)
    person = particulars(reading, record.person_id)
    if person is None:
        raise NoSuchProof
    kind, number = documents(reading, [record.person_id])[record.person_id]
    qualification = vocabulary().qualification(record.qualification)
    return ProofFacts(
        number=record.proof_number,
        position=qualification.position,
        name=person.name,
        sex=person.sex,
        document_kind=kind,
        document_number=number,
        training_kind=record.training_kind,
        category=qualification.group_names.zh,
        item=qualification.names.zh,
        started_on=record.started_on,
        completed_on=record.completed_on,
        hours_required=plain_hours(record.hours_required),
        hours_credited=plain_hours(record.hours_credited),
        provider=record.provider_name,
        outline=f"{record.outline_name or _plain_name(qualification)}（第{record.outline_version}版）",
        order=training_order(validity_regimes(), qualification.position, record.completed_on),
        demonstration=record.demonstration,
    )


def _plain_name(qualification: Qualification) -> str:
    """For proofs from before the fact of training carried the outline's name."""
    return f"{qualification.names.zh}培训大纲"


def as_view(record: EligibilityRecord) -> Eligibility:
    """The row as others may know it."""
    return Eligibility(
        id=record.id,
        person_id=record.person_id,
        qualification=record.qualification,
        proof_number=record.proof_number,
        provider_id=record.provider_id,
        provider_name=record.provider_name,
        hours_required=record.hours_required,
        hours_credited=record.hours_credited,
        completed_on=record.completed_on,
        granted_at=record.granted_at,
        demonstration=record.demonstration,
    )


def _record(reading: Reading, eligibility_id: UUID) -> EligibilityRecord:
    record = reading.session.get(EligibilityRecord, eligibility_id)
    if record is None:
        raise NoSuchProof
    return record
