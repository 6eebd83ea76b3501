"""What an enterprise does for the own workers: let them in, renew a password, keep a photo. For nobody else's."""

from uuid import UUID

from kernel.work import Work, action
from people.access.rules import Permission, Role
from people.accounts.actions import put_photo
from people.accounts.queries import has_photo, hold_person
from people.appointments import queries
from people.appointments.actions.slips import SignInSlip, open_account, renew
from people.appointments.errors import (
    HasASignIn,
    NoSignInYet,
    NotAWorkersAccount,
    PhotoIsNotOurs,
    SignInIsClosed,
    SignInIsNotOurs,
)
from people.appointments.rules import WorkersSignIn
from people.organisations.queries import StaffRow, own_staff_member
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
def keep_staff_photo(work: Work, *, employment_id: UUID, upload: bytes) -> None:
    """Keep the identity photo of one of the own staff.

    Raises:
        EmploymentUnknown, HasLeft: not of the own staff, or no longer.
        PhotoIsNotOurs: there is a photo, and others rely on it too.
        PictureTooLarge, PictureHasTooManyPixels, NotAPicture.
    """
    row = _held(work, employment_id)
    if has_photo(work, row.person_id) and queries.is_known_elsewhere(work, row):
        raise PhotoIsNotOurs(name=row.name)
    put_photo(work, row.person_id, upload)


def _held(work: Work, employment_id: UUID) -> StaffRow:
    """An open line of the own staff, and nobody else giving its holder an account or a photo meanwhile."""
    row = own_staff_member(work, employment_id)
    Employment(row.hired_on, row.left_on).require_current()
    hold_person(work, row.person_id)
    return row
