"""What an office does with the application of an organisation: admit it, or refuse it with a reason."""

import io
from uuid import UUID

from sqlalchemy import select

from kernel import files
from kernel.because import because
from kernel.locks import hold
from kernel.store import LICENCES
from kernel.work import PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.admissions import queries
from people.admissions.errors import SAY_WHY_REFUSED, ApplicationDecided
from people.admissions.events import OrganisationAdmitted, OrganisationApplied, OrganisationNotAdmitted
from people.admissions.rules.applications import ApplicationState
from people.admissions.tables import ApplicationRecord
from people.codes.actions import ask_first_sign_in
from people.organisations.actions import register_organisation

TAKEN_IN_AT_ONCE = 20


@action(needs=PLATFORM_ONLY)
def take_in_applications(work: Work) -> None:
    """Put the pictures of new applications away sealed, and say that they are here."""
    waiting = (
        select(ApplicationRecord)
        .where(ApplicationRecord.picture.is_not(None))
        .order_by(ApplicationRecord.handed_in_at)
        .limit(TAKEN_IN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for row in work.session.scalars(waiting).all():
        picture = io.BytesIO(row.picture or b"")
        files.keep(work, files.receive(work.stores, LICENCES, picture, "image/jpeg"), row.id)
        row.picture = None
        work.announce(OrganisationApplied(application_id=row.id, kind=row.kind.value, region=row.region_code))
    work.session.flush()


@action(needs=Permission.REGISTER_ORGANISATIONS)
def admit_organisation(work: Work, application_id: UUID, *, demonstration: bool) -> UUID:
    """Register the organisation and have its first sign-in sent to the telephone that was proven. Twice is once.

    Raises:
        NoSuchApplication; ApplicationDecided: it was refused.
        CreditCodeTaken, and what `register_organisation` raises besides.
    """
    row = _held(work, application_id)
    if row.organisation_id is not None:
        return row.organisation_id
    if row.state is not ApplicationState.HANDED_IN:
        raise ApplicationDecided
    organisation_id = register_organisation(
        work,
        kind=row.kind,
        name=row.name,
        credit_code=row.credit_code,
        region=row.region_code,
        trade=row.trade,
        phone=row.phone,
        is_demonstration=demonstration,
    )
    ask_first_sign_in(work, organisation_id=organisation_id, name=row.name, phone=row.phone)
    row.organisation_id = organisation_id
    _decide(work, row, ApplicationState.ADMITTED)
    work.announce(OrganisationAdmitted(application_id=row.id, organisation_id=organisation_id))
    return organisation_id


@action(needs=Permission.REGISTER_ORGANISATIONS)
def refuse_organisation(work: Work, application_id: UUID, *, reason: str) -> None:
    """Say why it is not admitted; whoever applied reads it, and may apply anew.

    Raises:
        NoSuchApplication, ApplicationDecided, ReasonMissing.
    """
    row = _held(work, application_id)
    said = because(reason, SAY_WHY_REFUSED)
    if row.state is not ApplicationState.HANDED_IN:
        raise ApplicationDecided
    row.reason = said
    _decide(work, row, ApplicationState.REFUSED)
    work.announce(OrganisationNotAdmitted(application_id=row.id, reason=said))


def _held(work: Work, application_id: UUID) -> ApplicationRecord:
    """Two officers at one application, or one who clicks twice, come one after the other."""
    hold(work.session, f"people.application:{application_id}")
    return queries.application_record(work, application_id)


def _decide(work: Work, row: ApplicationRecord, state: ApplicationState) -> None:
    row.state, row.decided_at, row.decided_by = state, work.now, work.actor.person_id
    work.session.flush()
