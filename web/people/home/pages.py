"""The first page: what this is for a visitor, and the way to one's own work for everybody else."""

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from web.frame.access import open_to_all
from web.frame.templating import page, places_of

router = APIRouter()
public_router = APIRouter()


@router.get("/", dependencies=[open_to_all()])
def start(request: Request) -> Response:
    """Where one begins."""
    places = [entry for entry in places_of(request, request.state.actor) if entry.href != "/"]
    return page(request, "people/home/home.html", {"places": places})


@public_router.get("/", dependencies=[open_to_all()])
def verify_only() -> Response:
    """Where nobody can sign in, the first page is the one for which visitors come."""
    return RedirectResponse("/verify", 303)
