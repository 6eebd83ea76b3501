"""Accounts as the administrator sees them, and the sign-ins of an enterprise's own workers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, func, or_, select, true, union

from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.access.rules import HELD_EVERYWHERE, HELD_FOR_A_REGION, Role
from people.accounts.errors import NoSuchPerson
from people.accounts.tables import AccountRecord, PersonRecord
from people.appointments.errors import NoSuchAccount
from people.appointments.rules import AccountState, HeldAccount, WorkersSignIn
from people.appointments.rules import is_known_elsewhere as judged_known_elsewhere
from people.appointments.rules import workers_sign_in as judged_sign_in
from people.organisations.queries import StaffFilter, StaffRow, all_staff, employments_of
from people.organisations.tables import EmploymentRecord, OrganisationRecord
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account with its holder; `is_own` says that it is the actor's."""

    id: UUID
    person_id: UUID
    name: str
    username: str
    roles: tuple[Role, ...]
    organisation_id: UUID | None
    organisation: str | None
    region: str | None
    state: AccountState
    opened_at: datetime
    closed_at: datetime | None
    one_time_until: datetime | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts a list shows; every part may be left open."""

    search: str = ""
    role: Role | None = None
    state: AccountState | None = None


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """The sign-in of somebody on a staff list; the account is named only to the enterprise whose it is."""

    state: WorkersSignIn
    account_id: UUID | None = None
    username: str = ""


def accounts(reading: Reading, wanted: AccountFilter, *, page: int = 1) -> Page[AccountRow]:
    """One page of the accounts within the actor's scope that the filter leaves, by name."""
    matching = _filtered(reading, wanted)
    ids = matching.with_only_columns(AccountRecord.id).order_by(None).subquery()  # no face may read every column
    total = reading.session.scalar(select(func.count()).select_from(ids)) or 0
    page = nearest(page, total)
    rows = reading.session.execute(cut(matching, page))
    return Page(tuple(_row(reading, row) for row in rows), total, page)


def all_accounts(reading: Reading, wanted: AccountFilter) -> tuple[AccountRow, ...]:
    """The same accounts on one page, for a download."""
    return tuple(_row(reading, row) for row in reading.session.execute(_filtered(reading, wanted)))


def those_within(reading: Reading, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these persons who work, or act for somebody, at an organisation within the actor's scope."""
    if reading.actor.scope.is_everywhere or not person_ids:
        return frozenset(person_ids)
    found = (here.where(among(here.selected_columns[0], person_ids)) for here in _people_within(reading))
    return frozenset(reading.session.scalars(union(*found)))


def person_within(reading: Reading, person_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row, whose person stands in `person_id`, is of one of those whom `those_within` finds."""
    if reading.actor.scope.is_everywhere:
        return true()
    people_here = union(*_people_within(reading))
    return person_id.in_(people_here)


def _people_within(reading: Reading) -> tuple[Select[UUID], Select[UUID]]:
    """Who acts for, and who works at, an organisation within the actor's scope."""
    places = select(OrganisationRecord.id).where(within(reading, OrganisationRecord.region_code))
    return (
        select(AccountRecord.person_id).where(AccountRecord.organisation_id.in_(places)),
        select(EmploymentRecord.person_id).where(EmploymentRecord.organisation_id.in_(places)),
    )


def require_within(reading: Reading, person_id: UUID) -> None:
    """Refuse somebody of elsewhere as if they were nobody. Raises NoSuchPerson."""
    if person_id not in those_within(reading, [person_id]):
        raise NoSuchPerson


def require_holder_in_scope(reading: Reading, person_id: UUID) -> None:
    """Refuse whose account reaches beyond the actor, in whatever they have one. Raises NoSuchPerson.

    A name, a number or a photo is one for all accounts of its holder.
    """
    if reading.actor.scope.is_everywhere:
        return
    held = select(func.count()).select_from(AccountRecord).where(AccountRecord.person_id == person_id)
    seen = _rows().where(AccountRecord.person_id == person_id, _in_scope(reading))
    reached = seen.with_only_columns(AccountRecord.id).order_by(None).subquery()
    if not 0 < (reading.session.scalar(held) or 0) == reading.session.scalar(select(func.count()).select_from(reached)):
        raise NoSuchPerson


def account(reading: Reading, account_id: UUID) -> AccountRow:
    """One within the actor's scope. Raises NoSuchAccount."""
    row = reading.session.execute(_rows().where(AccountRecord.id == account_id, _in_scope(reading))).first()
    if row is None:
        raise NoSuchAccount
    return _row(reading, row)


def own_account(reading: Reading) -> AccountRow:
    """The account through which the actor signed in. Raises NoSuchAccount for whoever has none."""
    if reading.actor.account_id is None:
        raise NoSuchAccount
    row = reading.session.execute(_rows().where(AccountRecord.id == reading.actor.account_id)).first()
    if row is None:
        raise NoSuchAccount
    return _row(reading, row)


def accounts_of(reading: Reading, person_ids: Iterable[UUID]) -> dict[UUID, list[AccountRow]]:
    """The accounts of these persons, closed ones included; persons without one are missing."""
    found: dict[UUID, list[AccountRow]] = {}
    for row in reading.session.execute(_rows().where(among(AccountRecord.person_id, person_ids))):
        account_row = _row(reading, row)
        found.setdefault(account_row.person_id, []).append(account_row)
    return found


def record(reading: Reading, account_id: UUID) -> AccountRecord:
    """For this room's own actions; held, so that two offices change it one after the other. Raises NoSuchAccount."""
    found = reading.session.get(AccountRecord, account_id, with_for_update=True)
    if found is None:
        raise NoSuchAccount
    return found


def roles_elsewhere(reading: Reading, person_id: UUID, *, besides: UUID | None = None) -> set[Role]:
    """What a person holds in open accounts other than `besides`."""
    rows = reading.session.execute(  # columns and not rows that this work may have read before it held the person
        select(AccountRecord.id, AccountRecord.roles).where(
            AccountRecord.person_id == person_id, AccountRecord.closed_at.is_(None)
        )
    )
    return {Role(role) for account_id, roles in rows if account_id != besides for role in roles}


def workers_sign_in(reading: Reading, row: StaffRow) -> StaffSignIn:
    """How it stands with the sign-in of somebody on the staff list of the actor's enterprise."""
    held = accounts_of(reading, [row.person_id]).get(row.person_id, [])
    employers = _employers(reading, row.person_id)
    state = judged_sign_in([_held(each) for each in held], own=row.organisation_id, employers=employers)
    if state is not WorkersSignIn.OURS:
        return StaffSignIn(state)
    (account_row,) = (each for each in held if each.state is not AccountState.CLOSED)
    return StaffSignIn(state, account_row.id, account_row.username)


def staff_without_account(reading: Reading, wanted: StaffFilter) -> tuple[StaffRow, ...]:
    """Those of the actor's enterprise, as `all_staff` finds them, for whom nobody has opened an account yet."""
    rows = all_staff(reading, wanted)
    have = set(
        reading.session.scalars(
            select(AccountRecord.person_id).where(among(AccountRecord.person_id, [row.person_id for row in rows]))
        )
    )
    return tuple(row for row in rows if row.person_id not in have and row.left_on is None)


def is_known_elsewhere(reading: Reading, row: StaffRow) -> bool:
    """Whether others too employ this person or have opened an account for them, closed ones included."""
    held = accounts_of(reading, [row.person_id]).get(row.person_id, [])
    employers = _employers(reading, row.person_id)
    return judged_known_elsewhere([_held(each) for each in held], own=row.organisation_id, employers=employers)


def _employers(reading: Reading, person_id: UUID) -> frozenset[UUID]:
    return frozenset(each.organisation_id for each in employments_of(reading, person_id))


def _held(account_row: AccountRow) -> HeldAccount:
    closed = account_row.state is AccountState.CLOSED
    return HeldAccount(account_row.roles, account_row.organisation_id, is_closed=closed)


def free_user_name(reading: Reading, wanted: str) -> str:
    """`wanted`, or with the first number behind it that makes it free."""
    taken = set(
        reading.session.scalars(
            select(AccountRecord.username).where(AccountRecord.username.startswith(wanted, autoescape=True))
        )
    )
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _rows() -> Select[AccountRecord, str, str]:
    return (
        select(AccountRecord, PersonRecord.name, OrganisationRecord.name)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .outerjoin(OrganisationRecord, OrganisationRecord.id == AccountRecord.organisation_id)
        .order_by(PersonRecord.name, AccountRecord.username)
    )


def _in_scope(reading: Reading) -> ColumnElement[bool]:
    """Of an organisation there, and with no role that reaches further: who renews a password may come in with it."""
    if reading.actor.scope.is_everywhere:
        return true()
    reaches_further = and_(
        or_(*(AccountRecord.roles.contains([role.value]) for role in HELD_FOR_A_REGION | HELD_EVERYWHERE)),
        or_(AccountRecord.region_code.is_(None), ~within(reading, AccountRecord.region_code)),
    )
    return and_(within(reading, OrganisationRecord.region_code), ~reaches_further)


def _filtered(reading: Reading, wanted: AccountFilter) -> Select[AccountRecord, str, str]:
    rows = _rows().where(_in_scope(reading))
    if wanted.search:
        columns = (PersonRecord.name, AccountRecord.username, OrganisationRecord.name)
        rows = rows.where(or_(*(column.icontains(wanted.search, autoescape=True) for column in columns)))
    if wanted.role is not None:
        rows = rows.where(AccountRecord.roles.contains([wanted.role.value]))
    if wanted.state is AccountState.CLOSED:
        rows = rows.where(AccountRecord.closed_at.is_not(None))
    elif wanted.state is not None:
        waits = AccountRecord.one_time_until.is_not(None)
        rows = rows.where(AccountRecord.closed_at.is_(None), waits if wanted.state is AccountState.ONE_TIME else ~waits)
    return rows


def _row(reading: Reading, row: Row[AccountRecord, str, str]) -> AccountRow:
    account_record, name, organisation = row  # outer join: the organisation may be missing
    return AccountRow(
        id=account_record.id,
        person_id=account_record.person_id,
        name=name,
        username=account_record.username,
        roles=tuple(Role(role) for role in account_record.roles),
        organisation_id=account_record.organisation_id,
        organisation=organisation,
        region=account_record.region_code,
        state=_state(account_record),
        opened_at=account_record.opened_at,
        closed_at=account_record.closed_at,
        one_time_until=account_record.one_time_until,
        is_own=account_record.id == reading.actor.account_id,
    )


def _state(account_record: AccountRecord) -> AccountState:
    if account_record.closed_at is not None:
        return AccountState.CLOSED
    return AccountState.OPEN if account_record.one_time_until is None else AccountState.ONE_TIME
