"""Every deed about applications."""

from uuid import UUID

from certification.applications import queries
from certification.applications.errors import AlreadyDecided
from certification.applications.events import ApplicationOpened, ApplicationRefused
from certification.applications.rules import ApplicationId, complete_set, counts_until
from certification.applications.tables import ApplicationRecord, DecisionRecord, PassedPartRecord
from certification.certificates.actions.issuing import issue_certificate
from certification.certificates.actions.log import alone_with, refuse_own_cause
from certification.certificates.errors import ReasonMissing
from certification.certificates.queries import certificate_of_application
from certification.certificates.rules.ids import CertificateId
from certification.certificates.rules.printing import Printing
from certification.eligibility.queries import newest_eligibility
from exams.results.events import ResultReleased
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.positions.queries import vocabulary


@action(needs=PLATFORM_ONLY)
def record_passed_part(work: Work, released: ResultReleased) -> ApplicationId | None:
    """Keep a passed part; when it completes the programme, open the application, whose id is returned.

    The same result announced twice changes nothing.
    """
    alone_with(work, released.person_id)
    if work.session.get(PassedPartRecord, released.result_id):
        return None
    position = vocabulary().qualification(released.qualification).position
    work.session.add(
        PassedPartRecord(
            result_id=released.result_id,
            person_id=released.person_id,
            qualification=released.qualification,
            part=Part(released.part),
            score=released.score,
            pass_mark=released.pass_mark,
            taken_on=released.taken_on,
            counts_until=released.valid_until or counts_until(position, released.taken_on),
            released_at=released.released_at,
        )
    )
    work.session.flush()  # the set is read back with it
    return _open_if_complete(work, released.person_id, released.qualification)


def _open_if_complete(work: Work, person_id: UUID, qualification: str) -> ApplicationId | None:
    today = shanghai_date(work.now)
    position = vocabulary().qualification(qualification).position
    found = complete_set(position, today, queries.unused_parts(work, person_id, qualification, today))
    if found is None:
        return None
    eligibility = newest_eligibility(work, person_id, qualification)
    record = ApplicationRecord(
        id=new_id(),
        person_id=person_id,
        qualification=qualification,
        theory_result_id=found[Part.THEORY].result_id,
        practical_result_id=found[Part.PRACTICAL].result_id if Part.PRACTICAL in found else None,
        eligibility_id=eligibility.id if eligibility else None,
        opened_at=work.now,
    )
    work.session.add(record)
    work.announce(ApplicationOpened(application_id=record.id, person_id=person_id, qualification=qualification))
    return ApplicationId(record.id)


@action(needs=Permission.DECIDE_CERTIFICATES)
def approve_application(work: Work, application_id: UUID, *, printing: Printing) -> CertificateId:
    """Approve and issue in one transaction. A second click finds the certificate of the first.

    Raises:
        AlreadyDecided: when it was refused before.
        BarredUntil: when an earlier certificate was revoked with a bar that still runs.
        Whatever `issue_certificate` raises; then nothing is decided either.
    """
    application = queries.application(work, application_id)
    alone_with(work, application.person_id)
    issued = certificate_of_application(work, application_id)
    if issued:
        return CertificateId(issued.id)
    _refuse_if_decided(work, application_id)
    _refuse_if_barred(work, application)
    eligibility = newest_eligibility(work, application.person_id, application.qualification)
    certificate_id = issue_certificate(
        work,
        application_id=application_id,
        person_id=application.person_id,
        qualification=application.qualification,
        demonstration=eligibility is not None and eligibility.demonstration,
        printing=printing,
    )
    _decide(work, application_id, reason=None)
    return certificate_id


@action(needs=Permission.DECIDE_CERTIFICATES)
def refuse_application(work: Work, application_id: UUID, *, reason: str) -> None:
    """Refuse with reasons, which the person is told. Raises AlreadyDecided and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    application = queries.application(work, application_id)
    alone_with(work, application.person_id)
    refuse_own_cause(work, application.person_id)
    _refuse_if_decided(work, application_id)
    _decide(work, application_id, reason=reason.strip())
    work.announce(
        ApplicationRefused(
            application_id=application_id,
            person_id=application.person_id,
            qualification=application.qualification,
            reason=reason.strip(),
        )
    )


def _decide(work: Work, application_id: UUID, *, reason: str | None) -> None:
    work.session.add(
        DecisionRecord(
            application_id=application_id,
            approved=reason is None,
            reason=reason,
            decided_at=work.now,
            decided_by=work.actor.person_id,
        )
    )


def _refuse_if_decided(work: Work, application_id: UUID) -> None:
    decided = queries.decision(work, application_id)
    if decided:
        raise AlreadyDecided(day=shanghai_date(decided.decided_at))


def _refuse_if_barred(work: Work, application: ApplicationRecord) -> None:
    bar = queries.standing_bar(work, application)
    if bar:
        raise bar
