"""The first sign-in for an organisation: whoever holds its telephone opens an account of their own."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.work import Reading
from people.accounts.rules import STAFF_PASSWORD_AT_LEAST
from people.first_sign_ins import actions, queries
from web.frame.access import open_to_all
from web.frame.errors import status_of
from web.frame.language import is_encrypted
from web.frame.templating import page
from web.frame.work import SESSION_COOKIE, Reads, Writes, workplace
from web.people.first_sign_in.forms import TypedFirstSignIn
from web.people.said import DOCUMENT_NAMES

router = APIRouter(prefix="/first-sign-in", dependencies=[open_to_all()])
ASK = "people/first_sign_in/ask.html"


@router.get("")
def ask(request: Request, reading: Reads) -> Response:
    """Type the code of the message by hand."""
    return page(request, ASK, _context(reading, ""))


@router.get("/{code}")
def ask_with_code(request: Request, reading: Reads, code: str) -> Response:
    """From the link of the message: looking spends nothing, for messengers fetch links to show what is behind them."""
    return page(request, ASK, _context(reading, code[:40]))


@router.post("")
def enter(request: Request, work: Writes, typed: Annotated[TypedFirstSignIn, Form()]) -> Response:
    """Open the account and go in, or say field by field why not."""
    context = _context(work, typed.code)
    try:
        settings = workplace(request).settings
        code, who, chosen = typed.meant(shanghai_date(work.now), demonstration=settings.demonstration)
        address = request.client.host if request.client else ""
        outcome = actions.come_in(work, code=code, who=who, chosen=chosen, address=address)
        problem = outcome.problem
    except Problem as refused:
        outcome, problem = None, refused
    if problem is not None or outcome is None or outcome.token is None:
        status = status_of(problem) if problem else 409
        return page(request, ASK, context | {"typed": typed, "problem": problem}, status=status)
    response = RedirectResponse("/", 303)
    secure = is_encrypted(request)
    response.set_cookie(SESSION_COOKIE, outcome.token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


def _context(reading: Reading, code: str) -> dict[str, Any]:
    """`organisation`: the one that the code is good for; None also where it is not good."""
    return {
        "least": STAFF_PASSWORD_AT_LEAST,
        "code": code,
        "organisation": queries.meant_by(reading, code) if code else None,
        "document_names": DOCUMENT_NAMES,
    }
