"""Accounts as the administrator sees them, and the sign-ins of an enterprise's own workers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select

from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.access.rules import Role
from people.accounts.tables import AccountRecord, PersonRecord
from people.appointments.errors import NoSuchAccount
from people.appointments.rules import AccountState
from people.organisations.tables import OrganisationRecord


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


def accounts(reading: Reading, wanted: AccountFilter, *, page: int = 1) -> Page[AccountRow]:
    """One page of the accounts that the filter leaves, by name."""
    matching = _filtered(wanted)
    ids = matching.with_only_columns(AccountRecord.id).order_by(None).subquery()  # no face may read every column
    total = reading.session.scalar(select(func.count()).select_from(ids)) or 0
    page = nearest(page, total)
    rows = reading.session.execute(cut(matching, page))
    return Page(tuple(_row(reading, row) for row in rows), total, page)


def all_accounts(reading: Reading, wanted: AccountFilter) -> tuple[AccountRow, ...]:
    """The same accounts on one page, for a download."""
    return tuple(_row(reading, row) for row in reading.session.execute(_filtered(wanted)))


def account(reading: Reading, account_id: UUID) -> AccountRow:
    """Raises NoSuchAccount."""
    row = reading.session.execute(_rows().where(AccountRecord.id == account_id)).first()
    if row is None:
        raise NoSuchAccount
    return _row(reading, row)


def own_account(reading: Reading) -> AccountRow:
    """The account through which the actor signed in. Raises NoSuchAccount for whoever has none."""
    if reading.actor.account_id is None:
        raise NoSuchAccount
    return account(reading, reading.actor.account_id)


def accounts_of(reading: Reading, person_ids: Iterable[UUID]) -> dict[UUID, list[AccountRow]]:
    """The accounts of these persons, closed ones included; persons without one are missing."""
    found: dict[UUID, list[AccountRow]] = {}
    for row in reading.session.execute(_rows().where(AccountRecord.person_id.in_(list(person_ids)))):
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
    rows = reading.session.scalars(
        select(AccountRecord).where(AccountRecord.person_id == person_id, AccountRecord.closed_at.is_(None))
    )
    return {Role(role) for row in rows if row.id != besides for role in row.roles}


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


def _filtered(wanted: AccountFilter) -> Select[AccountRecord, str, str]:
    rows = _rows()
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
