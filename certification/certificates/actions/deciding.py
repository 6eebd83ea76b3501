"""Deciding about a certificate: reviewed, suspended, reinstated, revoked, cancelled.

What befalls the certificate that runs befalls the renewal that is issued but has not begun, whoever issued it:
otherwise a suspended or revoked person would be valid again on the day the renewal begins.
"""

from datetime import date
from uuid import UUID

from certification.certificates import queries
from certification.certificates.actions.log import alone_with, refuse_foreign_authority, refuse_own_cause, write
from certification.certificates.errors import SAY_WHY, FormerIsSuspended
from certification.certificates.events import CertificateStatusChanged
from certification.certificates.queries import CertificateRow
from certification.certificates.rules.states import Entry, State, barred_until, check_may_append
from certification.programmes.queries import bans
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.DECIDE_CERTIFICATES)
def record_review(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Record a passed review (复审) of a card of order 30."""
    _decide(work, certificate_id, Entry.REVIEWED, reason)


@action(needs=Permission.DECIDE_CERTIFICATES)
def suspend_certificate(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Suspend from today until reinstated, with the renewal that has not begun."""
    _decide(work, certificate_id, Entry.SUSPENDED, reason)


@action(needs=Permission.DECIDE_CERTIFICATES)
def reinstate_certificate(work: Work, certificate_id: UUID, *, reason: str) -> None:
    """Lift a suspension today, for the renewal too where it was suspended by the same decision."""
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
    said = because(reason, SAY_WHY)
    person_id = queries.certificate_record(work, certificate_id).person_id
    alone_with(work, person_id)
    refuse_own_cause(work, person_id)
    today = shanghai_date(work.now)
    row = queries.certificate(work, certificate_id)
    if entry is not Entry.REVIEWED:  # order 30 let a review be held where the person works
        refuse_foreign_authority(work, authority_id=row.authority_id, authority=row.authority)
    check_may_append(row.period, row.log, entry, today)
    _refuse_lifting_alone(work, row, entry)
    bar = barred_until(bans()[ground].years, today) if ground else None
    for each in (row, *_meant_too(work, row, entry)):
        _write_down(work, each, entry, today, reason=said, ground=ground, bar=bar)


def _refuse_lifting_alone(work: Work, row: CertificateRow, entry: Entry) -> None:
    """While the certificate that runs is suspended, the renewal in the drawer stays so too."""
    running = queries.running_before(work, row)
    if entry is Entry.REINSTATED and running and running.standing.state is State.SUSPENDED:
        raise FormerIsSuspended


def _meant_too(work: Work, row: CertificateRow, entry: Entry) -> list[CertificateRow]:
    """The renewal that has not begun, where this decision has a meaning for it."""
    renewal = queries.renewal_in_hand(work, row)
    if renewal is None or entry is Entry.REVIEWED:
        return []
    is_suspended = renewal.standing.state is State.SUSPENDED
    if entry is Entry.SUSPENDED and is_suspended:
        return []
    if entry is Entry.REINSTATED and not queries.suspended_together(work, row, renewal):
        return []
    return [renewal]


def _write_down(
    work: Work, row: CertificateRow, entry: Entry, today: date, *, reason: str, ground: str | None, bar: date | None
) -> None:
    write(work, row.id, entry, today, reason=reason, ground=ground, bar=bar)
    work.announce(
        CertificateStatusChanged(
            certificate_id=row.id,
            person_id=row.person_id,
            qualification=row.qualification,
            entry=entry.value,
            effective_on=today,
            reason=reason,
            ground=ground,
            barred_until=bar,
        )
    )
