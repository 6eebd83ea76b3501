"""Applications of organisations, as the office of their region sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from kernel import files
from kernel.files import OpenFile
from kernel.paging import Page, cut, nearest
from kernel.store import LICENCES
from kernel.work import Reading
from people.admissions.errors import NoSuchApplication
from people.admissions.rules.applications import ApplicationState
from people.admissions.tables import ApplicationRecord
from people.organisations.rules.employments import OrganisationKind
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class Application:
    """One of them."""

    id: UUID
    reference: str
    phone: str
    kind: OrganisationKind
    name: str
    credit_code: str
    region: str
    trade: str | None
    contact: str
    handed_in_at: datetime
    state: ApplicationState
    decided_at: datetime | None
    reason: str | None
    organisation_id: UUID | None


def application(reading: Reading, application_id: UUID) -> Application:
    """One within the actor's scope. Raises NoSuchApplication."""
    return _view(application_record(reading, application_id))


def application_record(reading: Reading, application_id: UUID) -> ApplicationRecord:
    """Its row, for this room's own deeds. Raises NoSuchApplication."""
    here = within(reading, ApplicationRecord.region_code)
    row = reading.session.scalar(select(ApplicationRecord).where(ApplicationRecord.id == application_id, here))
    if row is None:
        raise NoSuchApplication
    return row


def applications(reading: Reading, state: ApplicationState, *, page: int = 1) -> Page[Application]:
    """One page of those in this state within the actor's scope, the one that waits longest first."""
    rows = select(ApplicationRecord).where(
        within(reading, ApplicationRecord.region_code), ApplicationRecord.state == state
    )
    total = reading.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    page = nearest(page, total)
    in_order = rows.order_by(ApplicationRecord.handed_in_at, ApplicationRecord.id)
    return Page(tuple(_view(row) for row in reading.session.scalars(cut(in_order, page))), total, page)


def of_same_code(reading: Reading, of: Application) -> Sequence[Application]:
    """Other applications with the same credit code within the actor's scope, the newest first."""
    rows = select(ApplicationRecord).where(
        ApplicationRecord.credit_code == of.credit_code,
        ApplicationRecord.id != of.id,
        within(reading, ApplicationRecord.region_code),
    )
    return [_view(row) for row in reading.session.scalars(rows.order_by(ApplicationRecord.handed_in_at.desc()))]


def licence(reading: Reading, application_id: UUID) -> OpenFile | None:
    """The picture of the licence; None for the seconds until it is put away. Raises NoSuchApplication."""
    found = files.find(reading, LICENCES, application(reading, application_id).id)
    return files.opened(reading, found) if found else None


def _view(row: ApplicationRecord) -> Application:
    return Application(
        id=row.id,
        reference=row.reference,
        phone=row.phone,
        kind=row.kind,
        name=row.name,
        credit_code=row.credit_code,
        region=row.region_code,
        trade=row.trade,
        contact=row.contact,
        handed_in_at=row.handed_in_at,
        state=row.state,
        decided_at=row.decided_at,
        reason=row.reason,
        organisation_id=row.organisation_id,
    )
