"""The switch between the two languages, and the way back to where the person was."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from kernel.errors import NotFound
from web.frame.access import open_to_all
from web.frame.templating import LANGUAGE_COOKIE
from web.words import LANGUAGES

YEAR_SECONDS = 365 * 24 * 3600
router = APIRouter()


def local_path(address: str) -> str:
    """`address` if it stays on this site, else the start page; so nobody is sent elsewhere by a link to us."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable():
        return "/"
    return address


def is_encrypted(request: Request) -> bool:
    """Whether cookies may be kept from going without encryption: a proxy may have ended it before us."""
    return getattr(request.app.state, "encrypted", False) or request.url.scheme == "https"


@router.get("/language/{language}", dependencies=[open_to_all()])
@router.post("/language/{language}", dependencies=[open_to_all()])
def choose_language(
    request: Request, language: str, back: Annotated[str, Query(alias="next", max_length=2000)] = "/"
) -> RedirectResponse:
    """Remember `language` for a year and return to the local path `next`."""
    if language not in LANGUAGES:
        raise NotFound
    answer = RedirectResponse(local_path(back), 303)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=is_encrypted(request),
    )
    return answer
