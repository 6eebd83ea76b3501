"""The practical: the exam office draws, two examiners score their own sheets and sign."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.practicals import actions, queries
from exams.practicals.rules import require_agreement
from kernel.errors import NotFound, Problem
from kernel.ids import new_id
from kernel.work import Reading
from people.access.rules import Permission
from simulations.runs import actions as runs
from simulations.runs import queries as run_queries
from web.access import needs
from web.errors import status_of
from web.exams.practical.forms import Refusal, Replacing, SheetStep
from web.templating import page, wants_block
from web.work import Reads, Writes

SHEET = "exams/practical/sheet.html"

router = APIRouter(prefix="/practical")
EITHER = needs(Permission.ARRANGE_PRACTICAL, Permission.EXAMINE_PRACTICAL)
OFFICE = needs(Permission.ARRANGE_PRACTICAL)
EXAMINER = needs(Permission.EXAMINE_PRACTICAL)


@router.get("", dependencies=[EITHER])
def day(request: Request, work: Reads) -> Response:
    """The practicals that the person arranges or examines."""
    is_office = work.actor.may(Permission.ARRANGE_PRACTICAL)
    context = {
        "practicals": queries.practicals(work),
        "sittings": queries.open_sittings(work) if is_office else [],
    }
    return page(request, "exams/practical/day.html", context)


@router.post("/sittings/{sitting_id}", dependencies=[OFFICE])
def open_all(work: Writes, sitting_id: UUID) -> Response:
    """Open the practicals of everybody who has checked in."""
    actions.open_practicals(work, sitting_id)
    return RedirectResponse("/practical", 303)


@router.get("/{practical_id}", dependencies=[EITHER])
def overview(request: Request, work: Reads, practical_id: UUID) -> Response:
    """One candidate's practical: what is drawn, how far it is, how it ended."""
    return _overview(request, work, practical_id)


def _overview(
    request: Request,
    work: Reading,
    practical_id: UUID,
    *,
    problem: Problem | None = None,
    replacing: int = 0,
    typed: Replacing | None = None,
) -> Response:
    practical = queries.practical(work, practical_id)
    is_signed = any(state.signatures for state in practical.items.values())
    may_replace = work.actor.may(Permission.ARRANGE_PRACTICAL) and not is_signed
    context = {
        "practical": practical,
        "place": practical.place_of(work.actor.person_id),
        "may_replace": may_replace,
        "substitutes": queries.substitutes(work, practical) if may_replace else [],
        "problem": problem,
        "replacing": replacing,
        "typed": typed,
    }
    status = status_of(problem) if problem else 200
    return page(request, "exams/practical/overview.html", context, status=status)


@router.post("/{practical_id}/examiners/{place}", dependencies=[OFFICE])
def replace(
    request: Request, work: Writes, practical_id: UUID, place: int, form: Annotated[Replacing, Form()]
) -> Response:
    """Somebody else on duty takes an examiner's place, with a reason."""
    try:
        actions.replace_examiner(work, practical_id, place=place, person_id=form.person_id, reason=form.reason)
    except NotFound:
        raise
    except Problem as problem:
        return _overview(request, work, practical_id, problem=problem, replacing=place, typed=form)
    return RedirectResponse(f"/practical/{practical_id}", 303)


@router.post("/{practical_id}/draw", dependencies=[OFFICE])
def draw(work: Writes, practical_id: UUID) -> Response:
    """Draw the items, once."""
    actions.draw_items(work, practical_id)
    return RedirectResponse(f"/practical/{practical_id}", 303)


@router.get("/{practical_id}/sheets/{subject}", dependencies=[EXAMINER])
def sheet(request: Request, work: Reads, practical_id: UUID, subject: str) -> Response:
    """The examiner's own sheet for one item."""
    return page(request, SHEET, _context(work, practical_id, subject))


@router.post("/{practical_id}/sheets/{subject}/steps", dependencies=[EXAMINER])
def step(
    request: Request, work: Writes, practical_id: UUID, subject: str, form: Annotated[SheetStep, Form()]
) -> Response:
    """Deduct, restore, strike or lift a veto, complete, reopen."""
    try:
        actions.step_sheet(work, practical_id, subject, step_id=form.step_id, seen=form.seen, step=form.as_step())
    except Problem as problem:
        return _refused(request, work, practical_id, subject, problem)
    return _shown(request, work, practical_id, subject)


@router.post("/{practical_id}/sheets/{subject}/refusal", dependencies=[EXAMINER])
def refusal(
    request: Request, work: Writes, practical_id: UUID, subject: str, form: Annotated[Refusal, Form()]
) -> Response:
    """The candidate refuses to sign: the item is given up."""
    try:
        actions.note_refusal(work, practical_id, subject, reason=form.reason)
    except Problem as problem:
        return _refused(request, work, practical_id, subject, problem)
    return _shown(request, work, practical_id, subject)


@router.post("/{practical_id}/sheets/{subject}/signature", dependencies=[EXAMINER])
def sign(request: Request, work: Writes, practical_id: UUID, subject: str) -> Response:
    """The examiner signs."""
    try:
        actions.sign_as_examiner(work, practical_id, subject)
    except Problem as problem:
        return _refused(request, work, practical_id, subject, problem)
    return _shown(request, work, practical_id, subject)


@router.post("/{practical_id}/sheets/{subject}/run", dependencies=[EXAMINER])
def look_at_run(work: Writes, practical_id: UUID, subject: str) -> Response:
    """The candidate's page was left: write down the score of a run whose time is up."""
    practical, _ = queries.examined_practical(work, practical_id)
    run_id = practical.state_of(subject).run_id
    if run_id is not None:
        runs.close_run(work, run_id)
    return RedirectResponse(f"/practical/{practical_id}/sheets/{subject}", 303)


def _shown(request: Request, work: Reading, practical_id: UUID, subject: str) -> Response:
    if wants_block(request):
        return page(request, SHEET, _context(work, practical_id, subject), block="sheet")
    return RedirectResponse(f"/practical/{practical_id}/sheets/{subject}", 303)


def _refused(request: Request, work: Reading, practical_id: UUID, subject: str, problem: Problem) -> Response:
    context = _context(work, practical_id, subject) | {"problem": problem}
    return page(request, SHEET, context, block="sheet", status=status_of(problem))


def _context(work: Reading, practical_id: UUID, subject: str) -> dict[str, object]:
    practical, place = queries.examined_practical(work, practical_id)
    state = practical.state_of(subject)
    own = state.sheets[place]
    return {
        "practical": practical,
        "subject": practical.standard.subject(subject),
        "state": state,
        "place": place,
        "sheet": own,
        "disagreement": _disagreement(practical, state),
        "score": None if state.run_id is None else run_queries.stored_score(work, state.run_id),
        "step_id": new_id,
    }


def _disagreement(practical: queries.Practical, state: queries.DrawnState) -> Problem | None:
    if not all(sheet.is_complete for sheet in state.sheets.values()):
        return None
    try:
        require_agreement(state.sheets[1], state.sheets[2], practical.standard.largest_difference)
    except Problem as problem:
        return problem
    return None
