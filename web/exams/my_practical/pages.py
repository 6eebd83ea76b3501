"""The candidate's own practical: what was drawn, the simulated item, the sheets to sign."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from exams.practicals import actions, queries
from kernel.errors import Problem
from kernel.work import Reading
from people.access.rules import Permission
from simulations.runs import queries as run_queries
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes

router = APIRouter(prefix="/my-practical", dependencies=[needs(Permission.OWN_PRACTICAL)])


@router.get("")
def mine(request: Request, reading: Reads) -> Response:
    """My practicals, newest first."""
    return page(request, "exams/my_practical/mine.html", {"practicals": queries.own_practicals(reading)})


@router.post("/{practical_id}/items/{subject}/simulation")
def begin(work: Writes, practical_id: UUID, subject: str) -> Response:
    """Begin the simulated item, or go back to it."""
    run_id = actions.begin_simulation(work, practical_id, subject)
    return RedirectResponse(f"/extinguisher-examination/runs/{run_id}", 303)


@router.get("/{practical_id}/items/{subject}")
def sheets(request: Request, reading: Reads, practical_id: UUID, subject: str) -> Response:
    """Both examiners' sheets of an item, once both are complete, and the place to sign."""
    return page(request, "exams/my_practical/sheets.html", _context(reading, practical_id, subject))


@router.post("/{practical_id}/items/{subject}/signature")
def sign(request: Request, work: Writes, practical_id: UUID, subject: str) -> Response:
    """I have seen the sheets and sign."""
    try:
        actions.sign_as_candidate(work, practical_id, subject)
    except Problem as problem:
        context = _context(work, practical_id, subject) | {"problem": problem}
        return page(request, "exams/my_practical/sheets.html", context, status=status_of(problem))
    return RedirectResponse("/my-practical", 303)


def _context(work: Reading, practical_id: UUID, subject: str) -> dict[str, object]:
    practical = queries.own_practical(work, practical_id)
    state = practical.state_of(subject)
    return {
        "practical": practical,
        "subject": practical.standard.subject(subject),
        "state": state,
        "score": None if state.run_id is None else run_queries.stored_score(work, state.run_id),
    }
