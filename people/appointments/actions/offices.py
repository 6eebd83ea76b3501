"""Every write about appointments. A password that is given is shown once and kept only as its hash."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import Invalid, Problem
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission, Role
from people.accounts import actions as accounts
from people.accounts.errors import AccountIsClosed, DemonstrationAccount, NoSuchPerson
from people.accounts.queries import person
from people.accounts.rules import ONE_TIME_PASSWORD_LASTS
from people.accounts.tables import AccountRecord
from people.appointments import queries
from people.appointments.errors import (
    AccountIsOpen,
    HasASignIn,
    NoSignInYet,
    NotAWorkersAccount,
    NotYourOwn,
    ReasonMissing,
)
from people.appointments.events import AccountClosed, AccountReopened, PasswordReset, RolesChanged, SessionsEnded
from people.appointments.rules import require_fitting, user_name
from people.organisations.queries import organisation, own_staff_member

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignInSlip:
    """What somebody needs to sign in for the first time; shown once, kept nowhere."""

    account_id: UUID
    name: str
    username: str
    password: str


@action(needs=Permission.OPEN_ACCOUNTS)
def appoint(
    work: Work, *, person_id: UUID, username: str, roles: Collection[Role], organisation_id: UUID | None
) -> SignInSlip:
    """Let a person sign in with these roles, first with a password that is good once.

    Raises:
        UserNameShape, UserNameTaken, NoRole, RolesOnBothSides, OrganisationMissing, RoleElsewhere: Invalid by field.
        NoSuchPerson, OrganisationUnknown.
    """
    chosen = _user_name(username)
    _require_fitting(work, roles, organisation_id, queries.roles_elsewhere(work, person_id))
    return _open(work, person_id, chosen, roles, organisation_id)


@action(needs=Permission.OPEN_ACCOUNTS)
def change_roles(work: Work, *, account_id: UUID, roles: Collection[Role], organisation_id: UUID | None) -> None:
    """Give and take roles; they hold from the holder's next click on. Raises as `appoint`, and NotYourOwn."""
    record = _anothers(work, account_id)
    _require_fitting(work, roles, organisation_id, queries.roles_elsewhere(work, record.person_id, besides=record.id))
    before, after = tuple(record.roles), tuple(sorted(roles))
    if (before, record.organisation_id) == (after, organisation_id):
        return
    record.roles, record.organisation_id = list(after), organisation_id
    work.announce(
        RolesChanged(
            account_id=record.id,
            person_id=record.person_id,
            before=before,
            roles=after,
            organisation_id=organisation_id,
        )
    )


@action(needs=Permission.OPEN_ACCOUNTS)
def reset_password(work: Work, *, account_id: UUID) -> SignInSlip:
    """A new password, good once; every sign-in of the account ends.

    Raises:
        NoSuchAccount, NotYourOwn, DemonstrationAccount, AccountIsClosed.
    """
    return _reset(work, _anothers(work, account_id))


@action(needs=Permission.OPEN_ACCOUNTS)
def end_sessions(work: Work, *, account_id: UUID) -> int:
    """End every sign-in of an account, on whatever host it was opened; how many there were."""
    record = queries.record(work, account_id)
    ended = accounts.end_sessions_of(work, record.id)
    work.announce(SessionsEnded(account_id=record.id, count=ended))
    return ended


@action(needs=Permission.OPEN_ACCOUNTS)
def close_account(work: Work, *, account_id: UUID, reason: str) -> None:
    """Nobody signs in with this account any more; closing it twice changes nothing.

    Raises:
        NoSuchAccount, NotYourOwn, DemonstrationAccount, ReasonMissing.
    """
    record = _anothers(work, account_id)
    if not reason.strip():
        raise ReasonMissing(fields={"reason": ReasonMissing()})
    if record.closed_at is not None:
        return
    record.closed_at = work.now
    accounts.end_sessions_of(work, record.id)
    work.announce(AccountClosed(account_id=record.id, person_id=record.person_id, reason=reason.strip()))


@action(needs=Permission.OPEN_ACCOUNTS)
def reopen_account(work: Work, *, account_id: UUID) -> SignInSlip:
    """The account counts again, with a new password.

    Raises:
        NoSuchAccount, NotYourOwn, DemonstrationAccount, AccountIsOpen; RolesOnBothSides where the holder has since been
        given roles of the other side.
    """
    record = _anothers(work, account_id)
    if record.closed_at is None:
        raise AccountIsOpen
    held = [Role(role) for role in record.roles]
    _require_fitting(work, held, record.organisation_id, queries.roles_elsewhere(work, record.person_id))
    record.closed_at = None
    work.announce(AccountReopened(account_id=record.id, person_id=record.person_id))
    return _reset(work, record)


@action(needs=Permission.KEEP_STAFF)
def admit_worker(work: Work, *, employment_id: UUID) -> SignInSlip:
    """Let somebody of the own staff sign in as a worker; the user name is the mobile number where there is one.

    Raises:
        EmploymentUnknown: not of the own staff.
        HasASignIn: they have an account, perhaps from an earlier employer.
    """
    row = own_staff_member(work, employment_id)
    for each in queries.accounts_of(work, [row.person_id]).get(row.person_id, []):
        raise HasASignIn(name=row.name, username=each.username)
    username = queries.free_user_name(work, row.phone or f"w{str(row.person_id)[-8:]}")
    return _open(work, row.person_id, username, [Role.WORKER], row.organisation_id)


@action(needs=Permission.KEEP_STAFF)
def renew_workers_password(work: Work, *, employment_id: UUID) -> SignInSlip:
    """A new first password for one of the own staff who is a worker here and nothing else.

    Raises:
        EmploymentUnknown, NoSignInYet, NotAWorkersAccount.
    """
    row = own_staff_member(work, employment_id)
    known = [each for each in queries.accounts_of(work, [row.person_id]).get(row.person_id, []) if not each.closed_at]
    if not known:
        raise NoSignInYet(name=row.name)
    if len(known) > 1 or known[0].roles != (Role.WORKER,) or row.left_on is not None:
        raise NotAWorkersAccount(name=row.name)
    return _reset(work, queries.record(work, known[0].id))


def _user_name(typed: str) -> str:
    try:
        return user_name(typed)
    except Problem as problem:
        raise Invalid({"username": problem}) from problem


def _require_fitting(
    work: Work, roles: Collection[Role], organisation_id: UUID | None, elsewhere: Collection[Role]
) -> None:
    kind = None if organisation_id is None else organisation(work, organisation_id).kind
    require_fitting(frozenset(roles), kind, elsewhere)


def _open(
    work: Work, person_id: UUID, username: str, roles: Collection[Role], organisation_id: UUID | None
) -> SignInSlip:
    holder = person(work, person_id)
    if holder is None:
        raise NoSuchPerson
    password = _one_time_password()
    record = AccountRecord(
        id=new_id(),
        person_id=person_id,
        username=username,
        password_hash=accounts.PASSWORDS.hash(password),
        roles=sorted(roles),
        organisation_id=organisation_id,
        is_demonstration=False,
        one_time_until=work.now + ONE_TIME_PASSWORD_LASTS,
        opened_at=work.now,
    )
    accounts.put_account(work, record)
    return SignInSlip(record.id, holder.name, username, password)


def _one_time_password() -> str:
    """Three groups of four that can be read from paper: 59 bits, without letters and digits that look alike."""
    return "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(3))


def _anothers(work: Work, account_id: UUID) -> AccountRecord:
    record = queries.record(work, account_id)
    if record.id == work.actor.account_id:
        raise NotYourOwn
    if record.is_demonstration:
        raise DemonstrationAccount
    return record


def _reset(work: Work, record: AccountRecord) -> SignInSlip:
    if record.is_demonstration:
        raise DemonstrationAccount
    if record.closed_at is not None:
        raise AccountIsClosed
    password = _one_time_password()
    record.password_hash = accounts.PASSWORDS.hash(password)
    record.one_time_until = work.now + ONE_TIME_PASSWORD_LASTS
    accounts.end_sessions_of(work, record.id)
    work.announce(PasswordReset(account_id=record.id, person_id=record.person_id))
    holder = person(work, record.person_id)
    return SignInSlip(record.id, holder.name if holder else "", record.username, password)
