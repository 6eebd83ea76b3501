"""Giving a certificate out once more (补证): the card was lost, the name misspelt, the photo somebody else's.

The number, the period and the day of first issue stay; the code is a new one, so that whoever finds the lost card sees
that it was replaced. Nothing is examined anew.
"""

from uuid import UUID

from certification.certificates import queries
from certification.certificates.actions.issuing import keep
from certification.certificates.actions.log import alone_with, refuse_foreign_authority, refuse_own_cause, write
from certification.certificates.errors import SAY_WHY, NotGivenOutAgain
from certification.certificates.events import CertificateReissued
from certification.certificates.formats.printing import Printing
from certification.certificates.queries.drafts import reissue_draft
from certification.certificates.rules.ids import CertificateId
from certification.certificates.rules.states import Entry, State
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.DECIDE_CERTIFICATES)
def reissue_certificate(work: Work, certificate_id: UUID, *, reason: str, printing: Printing) -> CertificateId:
    """Give the certificate out once more, with the name and photo on record now; the present one is replaced today.

    Raises:
        ReasonMissing, NotInOwnCause, IssuedElsewhere, NotGivenOutAgain, PhotoMissing, and what drawing the card raises.
    """
    said = because(reason, SAY_WHY)
    person_id = queries.certificate_record(work, certificate_id).person_id
    alone_with(work, person_id)
    refuse_own_cause(work, person_id)
    row = queries.certificate(work, certificate_id)
    refuse_foreign_authority(work, authority_id=row.authority_id, authority=row.authority)
    if not (row.standing.state.holds or row.standing.state is State.NOT_YET_VALID):
        raise NotGivenOutAgain
    record = keep(work, reissue_draft(work, certificate_id), printing, application_id=None, issued_at=work.now)
    _hand_the_log_on(work, certificate_id, record.id, said)
    work.announce(
        CertificateReissued(
            certificate_id=record.id,
            replaced_id=certificate_id,
            person_id=person_id,
            qualification=row.qualification,
            reason=said,
        )
    )
    return CertificateId(record.id)


def _hand_the_log_on(work: Work, former_id: UUID, certificate_id: UUID, reason: str) -> None:
    """The former ends today. What it had passed, and the day on which a renewal takes over, hold for the new one."""
    today = shanghai_date(work.now)
    lines = queries.history(work, former_id)
    write(work, certificate_id, Entry.ISSUED, today, reason=reason)
    for line in lines:
        if line.entry is Entry.REVIEWED:
            write(work, certificate_id, Entry.REVIEWED, line.effective_on, reason=line.reason)
        if line.entry is Entry.REPLACED and line.effective_on > today:
            write(work, certificate_id, Entry.REPLACED, line.effective_on, successor_id=line.successor_id)
    write(work, former_id, Entry.REPLACED, today, reason=reason, successor_id=certificate_id)
