"""Issuing: a certificate is written once, from a draft that fits on its card."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from uuid import UUID

from certification.certificates import queries
from certification.certificates.actions.log import alone_with, refuse_own_cause, write
from certification.certificates.errors import SAY_WHY, AlreadyOnRegister, NotIssuedYet
from certification.certificates.events import CertificateIssued, CertificateTakenOver
from certification.certificates.formats.printing import Printing
from certification.certificates.queries import genuine
from certification.certificates.queries.drafts import Draft, draft
from certification.certificates.rules.facts import facts_as_json, signed_message
from certification.certificates.rules.genuine import SIGNED_AS, STATEMENT, Over, photo_digest, statement_message
from certification.certificates.rules.ids import CODE_BYTES, CertificateId, lookup_digest, public_code
from certification.certificates.rules.states import Entry
from certification.certificates.tables import CertificateRecord, SignatureRecord
from kernel import files
from kernel.because import because
from kernel.clock import SHANGHAI, shanghai_date
from kernel.ids import new_id
from kernel.store import CERTIFICATE_PHOTOS
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission

STATED_AT_ONCE = 1_000


@action(needs=Permission.DECIDE_CERTIFICATES)
def issue_certificate(
    work: Work, *, application_id: UUID, person_id: UUID, qualification: str, demonstration: bool, printing: Printing
) -> CertificateId:
    """Issue on an approved application. Nothing is written that could not be printed.

    Raises:
        CharacterCannotBePrinted, TextDoesNotFit, PhotoMissing, NoAuthority, NumberRuleNotKnown, FormerIsSuspended,
        RenewalTooEarly, RenewalInHand, NotInOwnCause: by their sentences; nothing is issued then.
    """
    refuse_own_cause(work, person_id)
    drafted = draft(work, person_id, qualification, demonstration=demonstration)
    record = keep(work, drafted, printing, application_id=application_id, issued_at=work.now)
    write(work, record.id, Entry.ISSUED, shanghai_date(work.now))
    if drafted.renews:
        write(work, drafted.renews, Entry.REPLACED, drafted.period.valid_from, successor_id=record.id)
    work.announce(
        CertificateIssued(
            certificate_id=record.id,
            application_id=application_id,
            person_id=person_id,
            qualification=qualification,
            valid_from=drafted.period.valid_from,
            valid_until=drafted.period.valid_until,
            predecessor_id=drafted.renews,
        )
    )
    return CertificateId(record.id)


@action(needs=Permission.DECIDE_CERTIFICATES)
def take_over_certificate(
    work: Work,
    *,
    person_id: UUID,
    qualification: str,
    issued_on: date,
    reviewed_on: Sequence[date],
    source: str,
    printing: Printing,
) -> CertificateId:
    """Enter a certificate that the authority issued before this register was kept, with the reviews it has passed.

    Its period follows from the rule in force on the day it was issued. The audit and the log say when it was entered
    and from where (`source`); no examination here is behind it.

    Raises:
        ReasonMissing (no source), NotIssuedYet, AlreadyOnRegister, and what `issue_certificate` raises.
    """
    said = because(source, SAY_WHY, field="source")
    if issued_on > shanghai_date(work.now):
        raise NotIssuedYet
    refuse_own_cause(work, person_id)
    alone_with(work, person_id)
    held = queries.certificates_of(work, [person_id]).get(person_id, [])
    if any(row.qualification == qualification for row in held):
        raise AlreadyOnRegister
    drafted = draft(work, person_id, qualification, demonstration=False, issued_on=issued_on)
    issued_at = datetime.combine(issued_on, time(), tzinfo=SHANGHAI)
    record = keep(work, drafted, printing, application_id=None, issued_at=issued_at)
    write(work, record.id, Entry.ISSUED, issued_on, reason=said)
    for day in reviewed_on:
        write(work, record.id, Entry.REVIEWED, day, reason=said)
    work.announce(
        CertificateTakenOver(
            certificate_id=record.id,
            person_id=person_id,
            qualification=qualification,
            valid_from=drafted.period.valid_from,
            valid_until=drafted.period.valid_until,
            source=source.strip(),
        )
    )
    return CertificateId(record.id)


def keep(
    work: Work, draft: Draft, printing: Printing, *, application_id: UUID | None, issued_at: datetime
) -> CertificateRecord:
    """The row and the photo, once it is known that the card can be printed; what cannot be printed is not issued."""
    printing.require_printable(draft.facts)
    code = public_code(secrets.token_bytes(CODE_BYTES))
    record = _record(work, draft, code, application_id, issued_at)
    work.session.add(record)
    work.session.flush()  # the photo and the log refer to it
    files.keep(work, files.receive(work.stores, CERTIFICATE_PHOTOS, BytesIO(draft.photo), "image/jpeg"), record.id)
    work.session.add(_signed(work, record.id, Over.FACTS, record.facts["format"], signed_message(record.facts)))
    work.session.add(_statement(work, record, photo_digest(draft.photo)))
    return record


def _statement(work: Work, record: CertificateRecord, photo: str) -> SignatureRecord:
    message = statement_message(genuine.stated(record), photo)
    return _signed(work, record.id, Over.STATEMENT, STATEMENT.format, message)


def _signed(work: Work, certificate_id: UUID, over: Over, number: int, message: bytes) -> SignatureRecord:
    made = work.keys.signing.sign(SIGNED_AS[over], message)
    return SignatureRecord(
        certificate_id=certificate_id,
        over=over,
        format=number,
        algorithm=made.algorithm,
        key_id=made.key_id,
        signature=made.value,
        signed_at=work.now,
    )


@action(needs=PLATFORM_ONLY)
def state_for_strangers(work: Work) -> None:
    """Sign for strangers what was issued before there were statements. What its own signature denies gets none."""
    for record, photo in genuine.unstated(work, at_most=STATED_AT_ONCE):
        work.session.add(_statement(work, record, photo))


def _record(work: Work, draft: Draft, code: str, application_id: UUID | None, issued_at: datetime) -> CertificateRecord:
    assert work.actor.person_id
    facts = facts_as_json(draft.facts, code)
    return CertificateRecord(
        id=new_id(),
        public_code=code,
        application_id=application_id,
        predecessor_id=draft.renews,
        reissue_of=draft.reissues,
        person_id=draft.person_id,
        number=draft.facts.number,
        lookup_digest=lookup_digest(draft.facts.number, draft.facts.name),
        qualification=draft.qualification.code,
        position=draft.facts.position,
        name=draft.facts.name,
        sex=draft.facts.sex,
        category=draft.facts.category,
        item=draft.facts.item,
        category_en=draft.qualification.group_names.en,
        item_en=draft.qualification.names.en,
        first_issued_on=draft.period.first_issued_on,
        valid_from=draft.period.valid_from,
        valid_until=draft.period.valid_until,
        regime=draft.period.regime.code,
        review_on=draft.facts.review_on,
        authority_id=draft.authority_id,
        authority=draft.facts.authority,
        demonstration=draft.facts.demonstration,
        issued_at=issued_at,
        issued_by=work.actor.person_id,
        region_code=draft.region,
        facts=facts,
    )
