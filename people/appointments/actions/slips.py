"""First passwords: made, shown once on a slip, kept only as their hash. Parts of deeds, no deeds themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kernel.ids import new_id
from kernel.secrets import legible_groups
from kernel.work import Work
from people.access.rules import Role
from people.accounts import actions as accounts
from people.accounts.actions.passwords import hashed_once
from people.accounts.errors import AccountIsClosed, DemonstrationAccount, NoSuchPerson
from people.accounts.queries import person
from people.accounts.rules import ONE_TIME_PASSWORD_LASTS
from people.accounts.tables import AccountRecord
from people.appointments.events import PasswordReset


@dataclass(frozen=True, slots=True)
class SignInSlip:
    """What somebody needs to sign in for the first time; shown once, kept nowhere."""

    account_id: UUID
    person_id: UUID
    name: str
    username: str
    password: str


def open_account(
    work: Work,
    person_id: UUID,
    username: str,
    roles: Collection[Role],
    organisation_id: UUID | None,
    *,
    region: str | None = None,
) -> SignInSlip:
    """An account with a password that is good once. Raises NoSuchPerson, UserNameTaken."""
    holder = person(work, person_id)
    if holder is None:
        raise NoSuchPerson
    password = legible_groups()
    record = AccountRecord(
        id=new_id(),
        person_id=person_id,
        username=username,
        password_hash=hashed_once(password),
        roles=sorted(roles),
        organisation_id=organisation_id,
        region_code=region,
        is_demonstration=False,
        one_time_until=work.now + ONE_TIME_PASSWORD_LASTS,
        opened_at=work.now,
    )
    accounts.put_account(work, record)
    return SignInSlip(record.id, person_id, holder.name, username, password)


def renew(work: Work, record: AccountRecord) -> SignInSlip:
    """A new password that is good once; every sign-in ends. Raises DemonstrationAccount, AccountIsClosed."""
    if record.is_demonstration:
        raise DemonstrationAccount
    if record.closed_at is not None:
        raise AccountIsClosed
    password = legible_groups()
    record.password_hash = hashed_once(password)
    record.one_time_until = work.now + ONE_TIME_PASSWORD_LASTS
    accounts.end_sessions_of(work, record.id)
    work.announce(PasswordReset(account_id=record.id, person_id=record.person_id))
    holder = person(work, record.person_id)
    return SignInSlip(record.id, record.person_id, holder.name if holder else "", record.username, password)
