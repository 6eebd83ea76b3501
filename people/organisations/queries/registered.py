"""The organisations that take part. Offices see those within their scope; whoever has an id may know what it names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.organisations.errors import OrganisationUnknown
from people.organisations.rules.employments import OrganisationId, OrganisationKind
from people.organisations.tables import OrganisationRecord
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class Organisation:
    id: OrganisationId
    kind: OrganisationKind
    name: str
    credit_code: str
    region: str | None
    trade: str | None
    phone: str | None
    is_demonstration: bool


def organisation(reading: Reading, organisation_id: UUID) -> Organisation:
    """An organisation by id. Raises OrganisationUnknown."""
    found = organisations(reading, [organisation_id]).get(organisation_id)
    if found is None:
        raise OrganisationUnknown
    return found


def organisation_in_scope(reading: Reading, organisation_id: UUID) -> Organisation:
    """One that stands within what the actor acts for: for those who give roles there. Raises OrganisationUnknown."""
    wanted = select(OrganisationRecord).where(
        OrganisationRecord.id == organisation_id, within(reading, OrganisationRecord.region_code)
    )
    row = reading.session.scalar(wanted)
    if row is None:
        raise OrganisationUnknown
    return _organisation(row)


def organisations(reading: Reading, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    """Organisations by id; those that do not exist are missing."""
    found = reading.session.scalars(select(OrganisationRecord).where(among(OrganisationRecord.id, ids)))
    return {row.id: _organisation(row) for row in found}


def all_organisations(reading: Reading) -> tuple[Organisation, ...]:
    """Every organisation within the actor's scope, by kind and name: for those who open accounts there."""
    rows = select(OrganisationRecord).where(within(reading, OrganisationRecord.region_code))
    rows = rows.order_by(OrganisationRecord.kind, OrganisationRecord.name)
    return tuple(_organisation(row) for row in reading.session.scalars(rows))


def organisations_found(reading: Reading, search: str, *, page: int = 1) -> Page[Organisation]:
    """One page of those within the actor's scope, by kind and name; `search`: part of a name, beginning of a code."""
    rows = select(OrganisationRecord).where(within(reading, OrganisationRecord.region_code))
    if wanted := search.strip():
        by_name = OrganisationRecord.name.contains(wanted, autoescape=True)
        rows = rows.where(or_(by_name, OrganisationRecord.credit_code.startswith(wanted.upper(), autoescape=True)))
    total = reading.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    page = nearest(page, total)
    in_order = rows.order_by(OrganisationRecord.kind, OrganisationRecord.name, OrganisationRecord.id)
    return Page(tuple(_organisation(row) for row in reading.session.scalars(cut(in_order, page))), total, page)


def organisations_to_reach(
    reading: Reading,
    kinds: Collection[OrganisationKind],
    besides: Sequence[Select[UUID | None]],
    *,
    most: int | None = None,
) -> tuple[Organisation, ...]:
    """Those of these kinds in the actor's scope that have a telephone and stand in none of the subqueries `besides`."""
    rows = select(OrganisationRecord).where(
        within(reading, OrganisationRecord.region_code),
        OrganisationRecord.phone.is_not(None),
        among(OrganisationRecord.kind, kinds),
    )
    for others in besides:
        rows = rows.where(OrganisationRecord.id.not_in(others))
    rows = rows.order_by(OrganisationRecord.id).limit(most)
    return tuple(_organisation(row) for row in reading.session.scalars(rows))


def organisation_with_code(reading: Reading, credit_code: str) -> Organisation | None:
    """The organisation that is registered under this credit code."""
    row = reading.session.scalar(select(OrganisationRecord).where(OrganisationRecord.credit_code == credit_code))
    return None if row is None else _organisation(row)


def own_organisation(reading: Reading) -> Organisation:
    """The organisation that the actor acts for. Raises OrganisationUnknown where there is none."""
    if reading.actor.organisation_id is None:
        raise OrganisationUnknown
    return organisation(reading, reading.actor.organisation_id)


def _organisation(row: OrganisationRecord) -> Organisation:
    return Organisation(
        OrganisationId(row.id),
        row.kind,
        row.name,
        row.credit_code,
        row.region_code,
        row.trade,
        row.phone,
        row.is_demonstration,
    )
