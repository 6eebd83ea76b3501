"""What every deed about a certificate shares: one at a time, never in one's own cause, a line of the log."""

from datetime import date
from uuid import UUID

from certification.certificates.errors import IssuedElsewhere, NotInOwnCause
from certification.certificates.rules.states import Entry
from certification.certificates.tables import StatusRecord
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work


def alone_with(work: Work, person_id: UUID) -> None:
    """Let nobody else decide about this person until this work ends; whoever comes second finds the first one's result.

    The person, not the application or the certificate: a renewal and the revocation of what it renews must meet.
    """
    hold(work.session, f"certification:{person_id}")


def refuse_own_cause(work: Work, person_id: UUID) -> None:
    """Nobody decides about themselves. Raises NotInOwnCause."""
    if work.actor.person_id == person_id:
        raise NotInOwnCause


def refuse_foreign_authority(work: Work, *, authority_id: UUID, authority: str) -> None:
    """Only the authority that issued a certificate decides about it. Raises IssuedElsewhere."""
    if work.actor.organisation_id != authority_id:
        raise IssuedElsewhere(authority=authority)


def write(
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
    """Add a line to the log of a certificate."""
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
