"""Every deed about a certificate: it is written once; everything later is a line of its log."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from certification.certificates import queries
from certification.certificates.errors import AlreadyOnRegister, NotInOwnCause, NotIssuedYet, ReasonMissing
from certification.certificates.events import CertificateIssued, CertificateStatusChanged, CertificateTakenOver
from certification.certificates.queries import Draft, genuine
from certification.certificates.rules.genuine import photo_digest, statement_message
from certification.certificates.rules.ids import CODE_BYTES, CertificateId, lookup_digest, public_code
from certification.certificates.rules.printing import Printing, facts_as_json, signed_message
from certification.certificates.rules.states import Entry, barred_until, check_may_append
from certification.certificates.rules.validity import Period
from certification.certificates.tables import (
    CertificatePhotoRecord,
    CertificateRecord,
    StatementRecord,
    StatusRecord,
)
from certification.programmes.rules import bans
from kernel.clock import SHANGHAI, shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission

STATED_AT_ONCE = 1_000


@action(needs=Permission.DECIDE_CERTIFICATES)
def issue_certificate(
    work: Work, *, application_id: UUID, person_id: UUID, qualification: str, demonstration: bool, printing: Printing
) -> CertificateId:
    """Issue on an approved application. Everything is drawn once before anything is written.

    Raises:
        NameCannotBePrinted, TextDoesNotFit, PhotoMissing, NoAuthority, NumberRuleNotKnown, FormerIsSuspended,
        NotInOwnCause: by their sentences; nothing is issued then.
    """
    refuse_own_cause(work, person_id)
    draft = queries.draft(work, person_id, qualification, demonstration=demonstration)
    record = _keep(work, draft, printing, application_id=application_id, issued_at=work.now)
    _write(work, record.id, Entry.ISSUED, shanghai_date(work.now))
    if draft.renews:
        _write(work, draft.renews, Entry.REPLACED, draft.period.valid_from, successor_id=record.id)
    work.announce(
        CertificateIssued(
            certificate_id=record.id,
            application_id=application_id,
            person_id=person_id,
            qualification=qualification,
            valid_from=draft.period.valid_from,
            valid_until=draft.period.valid_until,
            predecessor_id=draft.renews,
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
    if not source.strip():
        raise ReasonMissing
    if issued_on > shanghai_date(work.now):
        raise NotIssuedYet
    refuse_own_cause(work, person_id)
    alone_with(work, person_id)
    held = queries.certificates_of(work, [person_id]).get(person_id, [])
    if any(row.qualification == qualification for row in held):
        raise AlreadyOnRegister
    draft = queries.draft(work, person_id, qualification, demonstration=False, issued_on=issued_on)
    issued_at = datetime.combine(issued_on, time(), tzinfo=SHANGHAI)
    record = _keep(work, draft, printing, application_id=None, issued_at=issued_at)
    _write(work, record.id, Entry.ISSUED, issued_on, reason=source.strip())
    for day in reviewed_on:
        _write(work, record.id, Entry.REVIEWED, day, reason=source.strip())
    work.announce(
        CertificateTakenOver(
            certificate_id=record.id,
            person_id=person_id,
            qualification=qualification,
            valid_from=draft.period.valid_from,
            valid_until=draft.period.valid_until,
            source=source.strip(),
        )
    )
    return CertificateId(record.id)


def _keep(
    work: Work, draft: Draft, printing: Printing, *, application_id: UUID | None, issued_at: datetime
) -> CertificateRecord:
    """The row and the photo, once the card has been drawn; what cannot be printed is not issued."""
    code = public_code(secrets.token_bytes(CODE_BYTES))
    printing.card(draft.facts, photo=draft.photo, code=code)
    record = _record(work, draft, code, application_id, issued_at)
    work.session.add(record)
    work.session.flush()  # the photo and the log refer to it
    work.session.add(CertificatePhotoRecord(certificate_id=record.id, jpeg=draft.photo))
    work.session.add(_statement(work, record, photo_digest(draft.photo)))
    return record


def _statement(work: Work, record: CertificateRecord, photo: str) -> StatementRecord:
    message = statement_message(genuine.stated(record), photo)
    return StatementRecord(certificate_id=record.id, signature=work.keys.signing.sign(message), signed_at=work.now)


@action(needs=PLATFORM_ONLY)
def state_for_strangers(work: Work) -> None:
    """Sign for strangers what was issued before there were statements. What its own signature denies gets none."""
    for record, photo in genuine.unstated(work, at_most=STATED_AT_ONCE):
        work.session.add(_statement(work, record, photo))


def _record(work: Work, draft: Draft, code: str, application_id: UUID | None, issued_at: datetime) -> CertificateRecord:
    assert work.actor.person_id
    facts = facts_as_json(draft.facts, code)
    signing = work.keys.signing
    return CertificateRecord(
        id=new_id(),
        public_code=code,
        application_id=application_id,
        predecessor_id=draft.renews,
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
        regime=draft.period.regime,
        review_on=draft.facts.review_on,
        authority_id=draft.authority_id,
        authority=draft.facts.authority,
        demonstration=draft.facts.demonstration,
        issued_at=issued_at,
        issued_by=work.actor.person_id,
        facts=facts,
        signature=signing.sign(signed_message(facts)),
        signing_key=signing.public,
    )


@action(needs=Permission.DECIDE_CERTIFICATES)
def record_review(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Record a passed review (复审) of a card of order 30."""
    _decide(work, certificate_id, Entry.REVIEWED, reason)


@action(needs=Permission.DECIDE_CERTIFICATES)
def suspend_certificate(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Suspend from today until reinstated."""
    _decide(work, certificate_id, Entry.SUSPENDED, reason)


@action(needs=Permission.DECIDE_CERTIFICATES)
def reinstate_certificate(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Lift a suspension today."""
    _decide(work, certificate_id, Entry.REINSTATED, reason)


@action(needs=Permission.DECIDE_CERTIFICATES)
def revoke_certificate(work: Work, certificate_id: UUID, *, ground: str, reason: str) -> None:
    """Revoke (撤销) for good; some grounds bar a new application for years (programmes' data say which)."""
    _decide(work, certificate_id, Entry.REVOKED, reason, ground=ground)


@action(needs=Permission.DECIDE_CERTIFICATES)
def cancel_certificate(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Cancel (注销) for good: death, own request."""
    _decide(work, certificate_id, Entry.CANCELLED, reason)


def _decide(work: Work, certificate_id: UUID, entry: Entry, reason: str, *, ground: str | None = None) -> None:
    if not reason.strip():
        raise ReasonMissing
    alone_with(work, certificate_id)
    record = queries.certificate_record(work, certificate_id)
    refuse_own_cause(work, record.person_id)
    today = shanghai_date(work.now)
    period = Period(record.first_issued_on, record.valid_from, record.valid_until, record.regime)
    check_may_append(period, queries.log_of(work, certificate_id), entry, today)
    bar = barred_until(bans()[ground].years, today) if ground else None
    _write(work, certificate_id, entry, today, reason=reason.strip(), ground=ground, bar=bar)
    work.announce(
        CertificateStatusChanged(
            certificate_id=certificate_id,
            person_id=record.person_id,
            qualification=record.qualification,
            entry=entry.value,
            effective_on=today,
            reason=reason.strip(),
            ground=ground,
            barred_until=bar,
        )
    )


def _write(
    work: Work,
    certificate_id: UUID,
    entry: Entry,
    effective_on: date,
    *,
    reason: str | None = None,
    ground: str | None = None,
    bar: date | None = None,
    successor_id: UUID | None = None,
) -> None:
    work.session.add(
        StatusRecord(
            id=new_id(),
            certificate_id=certificate_id,
            entry=entry,
            effective_on=effective_on,
            recorded_at=work.now,
            recorded_by=work.actor.person_id,
            reason=reason,
            ground=ground,
            barred_until=bar,
            successor_id=successor_id,
        )
    )


def alone_with(work: Work, subject: UUID) -> None:
    """Let nobody else decide about `subject` until this work ends; a second click finds the first one's result."""
    hold(work.session, f"certification:{subject}")


def refuse_own_cause(work: Work, person_id: UUID) -> None:
    """Nobody decides about themselves. Raises NotInOwnCause."""
    if work.actor.person_id == person_id:
        raise NotInOwnCause
