"""One's own account: choose a password, end the sign-ins on other devices."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from people.access.rules import ROLE_NAMES, Permission
from people.accounts.actions import change_own_password
from people.appointments.queries import own_account
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import SESSION_COOKIE, Reads, Writes

router = APIRouter(prefix="/my-account", dependencies=[needs(Permission.OWN_ACCOUNT)])
PASSWORD = "people/my_account/password.html"  # noqa: S105 - the name of a template


@router.get("")
def mine(request: Request, reading: Reads) -> Response:
    """Who I am here."""
    return page(request, "people/my_account/account.html", {"row": own_account(reading), "role_names": ROLE_NAMES})


@router.get("/password")
def ask(request: Request) -> Response:
    """Choose a password of one's own."""
    return page(request, PASSWORD, {"is_first": request.state.must_choose_password})


@router.post("/password")
def change(
    request: Request,
    work: Writes,
    current: Annotated[str, Form(max_length=500)] = "",
    new: Annotated[str, Form(max_length=500)] = "",
    again: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Take the new password, or say at the field why not."""
    problem = change_own_password(
        work,
        token=request.cookies.get(SESSION_COOKIE, ""),
        address=request.client.host if request.client else "",
        current=current,
        new=new,
        again=again,
    )
    if problem is not None:
        context = {"is_first": request.state.must_choose_password, "problem": problem}
        return page(request, PASSWORD, context, status=status_of(problem))
    return RedirectResponse("/my-account", 303)
