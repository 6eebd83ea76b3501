"""One's own account: choose a password, end the sign-ins on other devices."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from kernel.errors import Invalid, Problem
from kernel.work import Work
from people.access.rules import ROLE_NAMES, Permission
from people.accounts.actions import change_own_password
from people.accounts.rules import password_at_least
from people.appointments.queries import own_account
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import SESSION_COOKIE, Reads, Writes
from web.typed import Fields, a_password

router = APIRouter(prefix="/my-account", dependencies=[needs(Permission.OWN_ACCOUNT)])
PASSWORD = "people/my_account/password.html"  # noqa: S105 - the name of a template


class TypedPasswords(BaseModel):
    current: str = ""
    new: str = ""
    again: str = ""

    def meant(self) -> dict[str, str]:
        """The arguments of `change_own_password` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            return {field: read(field, a_password) for field in ("current", "new", "again")}


@router.get("")
def mine(request: Request, reading: Reads) -> Response:
    """Who I am here."""
    return page(request, "people/my_account/account.html", {"row": own_account(reading), "role_names": ROLE_NAMES})


@router.get("/password")
def ask(request: Request) -> Response:
    """Choose a password of one's own."""
    return page(request, PASSWORD, _context(request))


@router.post("/password")
def change(request: Request, work: Writes, typed: Annotated[TypedPasswords, Form()]) -> Response:
    """Take the new password, or say at the field why not. No password goes back to the page."""
    problem = _changed(request, work, typed)
    if problem is not None:
        return page(request, PASSWORD, _context(request) | {"problem": problem}, status=status_of(problem))
    return RedirectResponse("/my-account", 303)


def _context(request: Request) -> dict[str, object]:
    return {"is_first": request.state.must_choose_password, "least": password_at_least(request.state.actor.roles)}


def _changed(request: Request, work: Work, typed: TypedPasswords) -> Problem | None:
    """Why not; what a wrong guess leaves behind is kept all the same."""
    try:
        meant = typed.meant()
    except Invalid as problem:
        return problem
    return change_own_password(
        work,
        token=request.cookies.get(SESSION_COOKIE, ""),
        address=request.client.host if request.client else "",
        **meant,
    )
