"""What an enterprise does for the own workers: let them in, renew a password, keep a photo. For nobody else's."""

from collections.abc import Collection
from uuid import UUID

from kernel.work import Work, action
from people.access.rules import Permission, Role
from people.accounts.actions import put_photo
from people.accounts.formats import IdentityPhoto
from people.accounts.queries import has_photo, hold_person
from people.appointments import queries
from people.appointments.actions.slips import SignInSlip, open_account, renew
from people.appointments.errors import (
    EverybodyHasASignIn,
    HasASignIn,
    NobodyChosen,
    NoSignInYet,
    NotAWorkersAccount,
    PhotoIsNotOurs,
    SignInIsClosed,
    SignInIsNotOurs,
    TooManyAtOnce,
)
from people.appointments.rules import MOST_SLIPS, WorkersSignIn
from people.organisations.queries import StaffRow, own_staff_member, own_staff_members
from people.organisations.rules.employments import Employment


@action(needs=Permission.KEEP_STAFF)
def admit_worker(work: Work, *, employment_id: UUID) -> SignInSlip:
    """Let somebody of the own staff sign in as a worker; the user name is the mobile number where there is one.

    Raises:
        EmploymentUnknown, HasLeft: not of the own staff, or no longer.
        HasASignIn, SignInIsClosed: they have an account, perhaps from an earlier employer.
    """
    row = _held(work, employment_id)
    state = queries.workers_sign_in(work, row).state
    if state is WorkersSignIn.CLOSED:
        raise SignInIsClosed(name=row.name)
    if state is not WorkersSignIn.NONE:
        raise HasASignIn(name=row.name)
    return _let_in(work, row)


@action(needs=Permission.KEEP_STAFF)
def admit_workers(work: Work, *, employment_ids: Collection[UUID]) -> tuple[SignInSlip, ...]:
    """First sign-ins for many of the own staff together, in the order of their names.

    Who got an account meanwhile, from a colleague at the same desk perhaps, is left out.

    Raises:
        NobodyChosen, TooManyAtOnce.
        EmploymentUnknown, HasLeft: one of them is not of the own staff, or no longer.
        EverybodyHasASignIn.
    """
    if not employment_ids:
        raise NobodyChosen(fields={"lines": NobodyChosen()})
    if len(employment_ids) > MOST_SLIPS:
        raise TooManyAtOnce(most=MOST_SLIPS)
    rows = own_staff_members(work, employment_ids)
    for row in sorted(rows, key=lambda each: each.person_id):  # in one order: no two desks wait for each other
        Employment(row.hired_on, row.left_on).require_current()
        hold_person(work, row.person_id)
    have = queries.accounts_of(work, [row.person_id for row in rows])
    slips = [_let_in(work, row) for row in sorted(rows, key=lambda each: each.name) if row.person_id not in have]
    if not slips:
        raise EverybodyHasASignIn
    return tuple(slips)


def _let_in(work: Work, row: StaffRow) -> SignInSlip:
    username = queries.free_user_name(work, row.phone or f"w{str(row.person_id)[-8:]}")
    return open_account(work, row.person_id, username, [Role.WORKER], row.organisation_id)


@action(needs=Permission.KEEP_STAFF)
def renew_workers_password(work: Work, *, employment_id: UUID) -> SignInSlip:
    """A new first password for one of the own staff whose account is that of a worker here and of nobody else.

    Whoever knows a name and an ID number can write that person onto the own list: that alone must open no account.

    Raises:
        EmploymentUnknown, HasLeft, NoSignInYet, SignInIsClosed, NotAWorkersAccount, SignInIsNotOurs.
    """
    row = _held(work, employment_id)
    found = queries.workers_sign_in(work, row)
    if found.account_id is None:
        refusals = {
            WorkersSignIn.NONE: NoSignInYet,
            WorkersSignIn.CLOSED: SignInIsClosed,
            WorkersSignIn.OTHER_ROLES: NotAWorkersAccount,
            WorkersSignIn.NOT_OURS: SignInIsNotOurs,
        }
        raise refusals[found.state](name=row.name)
    return renew(work, queries.record(work, found.account_id))


@action(needs=Permission.KEEP_STAFF)
def keep_staff_photo(work: Work, *, employment_id: UUID, photo: IdentityPhoto) -> None:
    """Keep the identity photo of one of the own staff.

    Raises:
        EmploymentUnknown, HasLeft: not of the own staff, or no longer.
        PhotoIsNotOurs: there is a photo, and others rely on it too.
    """
    row = _held(work, employment_id)
    if has_photo(work, row.person_id) and queries.is_known_elsewhere(work, row):
        raise PhotoIsNotOurs(name=row.name)
    put_photo(work, row.person_id, photo)


def _held(work: Work, employment_id: UUID) -> StaffRow:
    """An open line of the own staff, and nobody else giving its holder an account or a photo meanwhile."""
    row = own_staff_member(work, employment_id)
    Employment(row.hired_on, row.left_on).require_current()
    hold_person(work, row.person_id)
    return row
