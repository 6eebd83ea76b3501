"""The door: signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from people.access.rules import ROLE_NAMES, Role
from people.accounts import actions, queries
from people.demonstration.rules import PASSWORD
from web import words
from web.frame.access import open_to_all
from web.frame.language import is_encrypted, local_path
from web.frame.templating import language_of, page
from web.frame.work import SESSION_COOKIE, Reads, Writes, workplace

router = APIRouter()


@router.get("/sign-in", dependencies=[open_to_all()])
def ask(request: Request, reading: Reads, next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """Who are you?"""
    if request.state.actor.account_id is not None:
        return RedirectResponse(local_path(next), 303)
    return page(request, "people/sign_in/sign_in.html", _context(request, reading, next))


def _context(request: Request, reading: Reads, target: str) -> dict[str, object]:
    is_demonstration = workplace(request).settings.demonstration
    people = queries.demonstration_people(reading) if is_demonstration else []
    language = language_of(request)
    shown = [
        {"name": each.name, "username": each.username, "role": words.named(ROLE_NAMES[Role(each.roles[0])], language)}
        for each in people
    ]
    return {"demonstration_people": shown, "demonstration_password": PASSWORD, "next": local_path(target)}


@router.post("/sign-in", dependencies=[open_to_all()])
def enter(
    request: Request,
    work: Writes,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Open a session, or say why not."""
    settings = workplace(request).settings
    outcome = actions.sign_in(
        work,
        username=username.strip(),
        password=password,
        address=request.client.host if request.client else "",
        demonstration=settings.demonstration,
    )
    if outcome.token is None:
        context = _context(request, work, next) | {"typed": {"username": username}, "problem": outcome.problem}
        return page(request, "people/sign_in/sign_in.html", context, status=409)
    response = RedirectResponse(local_path(next), 303)
    secure = is_encrypted(request)
    response.set_cookie(SESSION_COOKIE, outcome.token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


@router.post("/sign-out", dependencies=[open_to_all()])
def leave(request: Request, work: Writes) -> Response:
    """End the session."""
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        actions.sign_out(work, token=token)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response
