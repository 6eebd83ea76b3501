"""The first page: what this is for a visitor, and the way to one's own work for everybody else."""

from fastapi import APIRouter, Request, Response

from web import navigation
from web.access import open_to_all
from web.templating import page

router = APIRouter()


@router.get("/", dependencies=[open_to_all()])
def start(request: Request) -> Response:
    """Where one begins."""
    places = [entry for entry in navigation.entries_for(request.state.actor) if entry.href != "/"]
    return page(request, "people/home/home.html", {"places": places})
