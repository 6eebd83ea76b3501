"""Every deed about applications."""

from uuid import UUID

from certification.applications import queries
from certification.applications.errors import AlreadyDecided, NotRefused
from certification.applications.events import ApplicationOpened, ApplicationRefused, ApplicationReopened
from certification.applications.queries import parts
from certification.applications.rules import ApplicationId, complete_set, counts_until
from certification.applications.tables import ApplicationRecord, DecisionRecord, PassedPartRecord, ReopeningRecord
from certification.certificates.actions.issuing import issue_certificate
from certification.certificates.actions.log import alone_with, refuse_own_cause
from certification.certificates.errors import SAY_WHY
from certification.certificates.formats.printing import Printing
from certification.certificates.queries import certificate_of_application
from certification.certificates.queries.drafts import own_authority
from certification.certificates.rules.ids import CertificateId
from certification.eligibility.queries import newest_eligibility
from certification.programmes.queries import programmes
from certification.revisions.actions import note_revision
from exams.results.events import ResultReleased
from exams.standards.rules import Part
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.organisations.queries import place_of_work
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
            counts_until=released.valid_until or counts_until(programmes(), position, released.taken_on),
            released_at=released.released_at,
        )
    )
    work.session.flush()  # the set is read back with it
    return _open_if_complete(work, released.person_id, released.qualification)


@action(needs=PLATFORM_ONLY)
def revise_passed_part(work: Work, released: ResultReleased) -> None:
    """Take over a revision. Where a passed part was revised, that is a finding for the office.

    What rests on the part as it was stays as it is until somebody decides; nothing new is opened on it.
    """
    alone_with(work, released.person_id)
    before = work.session.get(PassedPartRecord, released.supersedes)
    if before is not None:
        note_revision(work, released, was=before.score)
        if queries.rests_an_application_on(work, before.result_id):
            return
    if released.passed:
        record_passed_part(work, released)


def _open_if_complete(work: Work, person_id: UUID, qualification: str) -> ApplicationId | None:
    position = vocabulary().qualification(qualification).position
    found = complete_set(programmes(), position, parts.unused_parts(work, person_id, qualification))
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
        region_code=place_of_work(work, person_id, otherwise=[eligibility.provider_id] if eligibility else []),
    )
    work.session.add(record)
    work.announce(ApplicationOpened(application_id=record.id, person_id=person_id, qualification=qualification))
    return ApplicationId(record.id)


@action(needs=Permission.DECIDE_CERTIFICATES)
def approve_application(work: Work, application_id: UUID, *, printing: Printing) -> CertificateId:
    """Approve and issue in one transaction. A second click finds the certificate of the first.

    Raises:
        AlreadyDecided: when it was refused and the refusal stands.
        RestsOnARevisedResult: when a part of it is passed no longer.
        BarredUntil, OpenDuringABar: when an earlier certificate was revoked with a bar.
        DecidedElsewhere: when another authority refused it and opened it again.
        Whatever `issue_certificate` raises; then nothing is decided either.
    """
    application = queries.application(work, application_id)
    alone_with(work, application.person_id)
    issued = certificate_of_application(work, application_id)
    if issued:
        return issued
    _refuse_if_decided(work, application_id)
    queries.refuse_revised(work, application)
    _refuse_if_barred(work, application)
    queries.refuse_elsewhere(work, queries.latest_refusal(work, application_id))
    certificate_id = issue_certificate(
        work,
        application_id=application_id,
        person_id=application.person_id,
        qualification=application.qualification,
        demonstration=queries.rests_on_a_demonstration(work, application),
        printing=printing,
    )
    _decide(work, application_id, reason=None)
    return certificate_id


@action(needs=Permission.DECIDE_CERTIFICATES)
def refuse_application(work: Work, application_id: UUID, *, reason: str) -> None:
    """Refuse with reasons, which the person reads among the own certificates.

    Raises:
        ReasonMissing, NotInOwnCause, AlreadyDecided, DecidedElsewhere, NoAuthority.
    """
    said = because(reason, SAY_WHY)
    application = queries.application(work, application_id)
    alone_with(work, application.person_id)
    refuse_own_cause(work, application.person_id)
    _refuse_if_decided(work, application_id)
    queries.refuse_elsewhere(work, queries.latest_refusal(work, application_id))
    _decide(work, application_id, reason=said)
    work.announce(
        ApplicationRefused(
            application_id=application_id,
            person_id=application.person_id,
            qualification=application.qualification,
            reason=said,
        )
    )


@action(needs=Permission.DECIDE_CERTIFICATES)
def reopen_application(work: Work, application_id: UUID, *, reason: str) -> None:
    """Let a refused application be decided anew: what stood against it is put right, or the refusal was wrong.

    Raises:
        ReasonMissing, NotInOwnCause, NotRefused, DecidedElsewhere.
    """
    said = because(reason, SAY_WHY)
    application = queries.application(work, application_id)
    alone_with(work, application.person_id)
    refuse_own_cause(work, application.person_id)
    refused = queries.decision(work, application_id)
    if refused is None or refused.approved:
        raise NotRefused
    queries.refuse_elsewhere(work, refused)
    assert work.actor.person_id
    work.session.add(
        ReopeningRecord(
            application_id=application_id,
            round=refused.round,
            reason=said,
            reopened_at=work.now,
            reopened_by=work.actor.person_id,
        )
    )
    work.session.flush()
    work.announce(
        ApplicationReopened(
            application_id=application_id,
            person_id=application.person_id,
            qualification=application.qualification,
            reason=said,
        )
    )


def _decide(work: Work, application_id: UUID, *, reason: str | None) -> None:
    authority_id, _ = own_authority(work)
    before = queries.latest_refusal(work, application_id)
    work.session.add(
        DecisionRecord(
            application_id=application_id,
            round=before.round + 1 if before else 1,
            approved=reason is None,
            reason=reason,
            decided_at=work.now,
            decided_by=work.actor.person_id,
            authority_id=authority_id,
        )
    )
    work.session.flush()


def _refuse_if_decided(work: Work, application_id: UUID) -> None:
    decided = queries.decision(work, application_id)
    if decided:
        raise AlreadyDecided(day=shanghai_date(decided.decided_at))


def _refuse_if_barred(work: Work, application: ApplicationRecord) -> None:
    bar = queries.standing_bar(work, application)
    if bar:
        raise bar
