"""A certificate as it would be issued now, or given out once more; nothing is written."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.certificates.errors import NoAuthority, PhotoMissing
from certification.certificates.queries import certificate_record, certificates_of, period_of
from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.facts import facts_from_json
from certification.certificates.rules.issuing import Former, first_review, succession
from certification.certificates.rules.names import printed_name
from certification.certificates.rules.numbers import certificate_number
from certification.certificates.rules.validity import Period
from certification.programmes.queries import validity_regimes
from kernel.clock import shanghai_date
from kernel.work import Reading
from people.accounts.queries import documents, particulars, photo
from people.accounts.rules.id_numbers import DEMONSTRATION_REGION
from people.organisations.queries import organisation, place_of_work
from people.organisations.rules.employments import OrganisationKind
from people.positions.queries import vocabulary
from people.positions.rules import Qualification


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate as it would be issued now.

    `renews` is the id of the one it follows, `reissues` of the one in whose place it is given out once more.
    """

    person_id: UUID
    facts: CertificateFacts
    photo: bytes
    qualification: Qualification
    period: Period
    authority_id: UUID
    region: str | None
    renews: UUID | None
    reissues: UUID | None = None


def draft(
    reading: Reading, person_id: UUID, qualification_code: str, *, demonstration: bool, issued_on: date | None = None
) -> Draft:
    """What a certificate issued by the actor's authority would say, now or on an earlier day; nothing is written.

    Raises:
        NoAuthority, PhotoMissing, NumberRuleNotKnown, IdNumberUnusable, FormerIsSuspended, RenewalInHand,
        RenewalTooEarly, NoRuleInForce.
    """
    authority_id, authority = own_authority(reading)
    person = particulars(reading, person_id)
    picture = photo(reading, person_id)
    if picture is None or person is None or person.sex is None:
        raise PhotoMissing
    kind, document_number = documents(reading, [person_id])[person_id]
    qualification = vocabulary().qualification(qualification_code)
    issued_on = issued_on or shanghai_date(reading.now)
    formers = _formers(reading, person_id, qualification)
    follows = succession(validity_regimes(), qualification.position, issued_on, formers)
    facts = CertificateFacts(
        position=qualification.position,
        name=printed_name(person.name),
        sex=person.sex,
        number=certificate_number(qualification.position, kind, document_number),
        category=qualification.group_names.zh,
        item=qualification.names.zh,
        first_issued_on=follows.period.first_issued_on,
        valid_from=follows.period.valid_from,
        valid_until=follows.period.valid_until,
        review_on=first_review(follows.period),
        authority=authority,
        demonstration=demonstration or document_number.startswith(DEMONSTRATION_REGION),
    )
    region = place_of_work(reading, person_id, otherwise=[authority_id])
    return Draft(person_id, facts, picture, qualification, follows.period, authority_id, region, follows.renews)


def reissue_draft(reading: Reading, certificate_id: UUID) -> Draft:
    """The same certificate with the name, the sex and the photo that are on record now; nothing is written.

    Raises:
        NoSuchCertificate, PhotoMissing.
    """
    record = certificate_record(reading, certificate_id)
    person, picture = particulars(reading, record.person_id), photo(reading, record.person_id)
    if picture is None or person is None or person.sex is None:
        raise PhotoMissing
    return Draft(
        person_id=record.person_id,
        facts=replace(facts_from_json(record.facts), name=printed_name(person.name), sex=person.sex),
        photo=picture,
        qualification=vocabulary().qualification(record.qualification),
        period=period_of(record),
        authority_id=record.authority_id,
        region=record.region_code,
        renews=None,
        reissues=record.id,
    )


def own_authority(reading: Reading) -> tuple[UUID, str]:
    """The authority that the actor acts for, its id and name. Raises NoAuthority."""
    if reading.actor.organisation_id is None:
        raise NoAuthority
    found = organisation(reading, reading.actor.organisation_id)
    if found.kind is not OrganisationKind.AUTHORITY:
        raise NoAuthority
    return found.id, found.name


def _formers(reading: Reading, person_id: UUID, qualification: Qualification) -> list[Former[UUID]]:
    rows = certificates_of(reading, [person_id]).get(person_id, [])
    own = [row for row in rows if row.qualification == qualification.code and row.is_genuine]
    return [Former(row.id, row.period, row.log) for row in own]
