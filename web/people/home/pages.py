"""The first page: what this is for a visitor, and the way to one's own work for everybody else."""

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from web import navigation
from web.access import open_to_all
from web.templating import page, reach_of

router = APIRouter()
public_router = APIRouter()


@router.get("/", dependencies=[open_to_all()])
def start(request: Request) -> Response:
    """Where one begins."""
    entries = navigation.entries_for(request.state.actor, reach_of(request))
    places = [entry for entry in entries if entry.href != "/"]
    return page(request, "people/home/home.html", {"places": places})


@public_router.get("/", dependencies=[open_to_all()])
def verify_only() -> Response:
    """Where nobody can sign in, the first page is the one for which visitors come."""
    return RedirectResponse("/verify", 303)
