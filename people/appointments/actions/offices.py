"""What an administrator does with accounts: give, change, take back, close."""

from collections.abc import Collection
from uuid import UUID

from kernel.because import because
from kernel.errors import Invalid, Problem
from kernel.work import Work, action
from people.access.rules import Permission, Role
from people.accounts import actions as accounts
from people.accounts.errors import DemonstrationAccount
from people.accounts.formats import IdentityPhoto
from people.accounts.queries import hold_person
from people.accounts.tables import AccountRecord
from people.appointments import queries
from people.appointments.actions.slips import SignInSlip, open_account, renew
from people.appointments.errors import SAY_WHY, AccountIsOpen, NotYourOwn
from people.appointments.events import AccountClosed, AccountReopened, RolesChanged, SessionsEnded
from people.appointments.queries import require_holder_in_scope
from people.appointments.rules import require_fitting, require_reach, user_name
from people.organisations.queries import organisation_in_scope
from people.regions.queries import place_for
from people.regions.rules import RegionCode


@action(needs=Permission.OPEN_ACCOUNTS)
def appoint(
    work: Work,
    *,
    person_id: UUID,
    username: str,
    roles: Collection[Role],
    organisation_id: UUID | None,
    region: str | None = None,
) -> SignInSlip:
    """Let a person sign in with these roles, first with a password that is good once.

    Args:
        work: of an administrator; one of a region gives nothing that reaches beyond it.
        person_id: whom.
        username: what they sign in with.
        roles: as what.
        organisation_id: where.
        region: for which region; None: for the whole installation, or as far as the roles reach by themselves.

    Raises:
        UserNameShape, UserNameTaken, NoRole, RolesOnBothSides, OrganisationMissing, RoleElsewhere: Invalid by field.
        RegionCodeShape, RegionNotKnown, RegionGone, RoleForNoRegion, RegionOfYoursMissing, RoleBeyondRegions: the same.
        NoSuchPerson, OrganisationUnknown, NoSuchRegion.
    """
    chosen = _user_name(username)
    hold_person(work, person_id)
    held_for = _require_fitting(work, roles, organisation_id, region, queries.roles_elsewhere(work, person_id))
    return open_account(work, person_id, chosen, roles, organisation_id, region=held_for)


@action(needs=Permission.OPEN_ACCOUNTS)
def change_roles(
    work: Work,
    *,
    account_id: UUID,
    roles: Collection[Role],
    organisation_id: UUID | None,
    region: str | None = None,
) -> None:
    """Give and take roles; they hold from the holder's next click on. Raises as `appoint`, and NotYourOwn."""
    record = _anothers(work, account_id)
    elsewhere = queries.roles_elsewhere(work, record.person_id, besides=record.id)
    held_for = _require_fitting(work, roles, organisation_id, region, elsewhere)
    before, after = tuple(record.roles), tuple(sorted(roles))
    if (before, record.organisation_id, record.region_code) == (after, organisation_id, held_for):
        return
    record.roles, record.organisation_id, record.region_code = list(after), organisation_id, held_for
    work.announce(
        RolesChanged(
            account_id=record.id,
            person_id=record.person_id,
            before=before,
            roles=after,
            organisation_id=organisation_id,
            region=held_for,
        )
    )


@action(needs=Permission.OPEN_ACCOUNTS)
def reset_password(work: Work, *, account_id: UUID) -> SignInSlip:
    """A new password, good once; every sign-in of the account ends.

    Raises:
        NoSuchAccount, NotYourOwn, DemonstrationAccount, AccountIsClosed.
    """
    return renew(work, _anothers(work, account_id))


@action(needs=Permission.OPEN_ACCOUNTS)
def end_sessions(work: Work, *, account_id: UUID) -> int:
    """End every sign-in of an account, on whatever host it was opened; how many there were."""
    record = queries.record(work, queries.account(work, account_id).id)
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
    said = because(reason, SAY_WHY)
    if record.closed_at is not None:
        return
    record.closed_at = work.now
    accounts.end_sessions_of(work, record.id)
    work.announce(AccountClosed(account_id=record.id, person_id=record.person_id, reason=said))


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
    elsewhere = queries.roles_elsewhere(work, record.person_id)
    _require_fitting(work, held, record.organisation_id, record.region_code, elsewhere)
    record.closed_at = None
    work.announce(AccountReopened(account_id=record.id, person_id=record.person_id))
    return renew(work, record)


@action(needs=Permission.KEEP_PHOTOS)
def keep_holders_photo(work: Work, *, account_id: UUID, photo: IdentityPhoto) -> None:
    """Keep the identity photo of an account's holder.

    Raises:
        NoSuchAccount, NoSuchPerson: one of their accounts reaches further than the actor does.
    """
    holder = queries.account(work, account_id).person_id
    require_holder_in_scope(work, holder)
    accounts.keep_photo(work, person_id=holder, photo=photo)


def _user_name(typed: str) -> str:
    try:
        return user_name(typed)
    except Problem as problem:
        raise Invalid({"username": problem}) from problem


def _require_fitting(
    work: Work,
    roles: Collection[Role],
    organisation_id: UUID | None,
    region: str | None,
    elsewhere: Collection[Role],
) -> RegionCode | None:
    """For which region the roles are held; None: for none in particular."""
    kind = None if organisation_id is None else organisation_in_scope(work, organisation_id).kind
    require_fitting(frozenset(roles), kind, elsewhere)
    held_for = place_for(work, region) if region else None
    require_reach(roles, held_for, work.actor.scope)
    return held_for


def _anothers(work: Work, account_id: UUID) -> AccountRecord:
    """The account, with everything that its holder may hold: in another account somebody may be giving roles now."""
    hold_person(work, queries.account(work, account_id).person_id)
    record = queries.record(work, account_id)
    if record.id == work.actor.account_id:
        raise NotYourOwn
    if record.is_demonstration:
        raise DemonstrationAccount
    return record
