"""The practical: the exam office draws, two examiners score their own sheets and sign."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from exams.practicals import actions, queries
from exams.practicals.rules import require_agreement
from exams.sittings.actions import take_up_duty
from kernel.errors import N_, NotFound, Problem
from kernel.ids import new_id
from kernel.sheets import workbook
from kernel.work import Reading
from people.access.rules import Permission
from simulations.runs import actions as runs
from simulations.runs import queries as run_queries
from web import words
from web.exams.practical import forms
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page, wants_block
from web.frame.work import Reads, Writes
from web.typed import ReasonForm, page_number

SHEET = "exams/practical/sheet.html"

router = APIRouter(prefix="/practical")
EITHER = needs(Permission.ARRANGE_PRACTICAL, Permission.EXAMINE_PRACTICAL)
OFFICE = needs(Permission.ARRANGE_PRACTICAL)
EXAMINER = needs(Permission.EXAMINE_PRACTICAL)


@router.get("", dependencies=[EITHER])
def day(request: Request, reading: Reads) -> Response:
    """The practicals that the person arranges or examines."""
    return _day(request, reading)


def _day(request: Request, work: Reading, *, problem: Problem | None = None) -> Response:
    is_office = work.actor.may(Permission.ARRANGE_PRACTICAL)
    query = request.query_params
    context = {
        "found": queries.practicals(work, forms.filters_from(query), page=page_number(query)),
        "sittings": queries.open_sittings(work) if is_office else [],
        "duties": queries.untaken_duties(work),
        "todo_words": forms.TODO_WORDS,
        "state_of": forms.state_of,
        "typed": query,
        "problem": problem,
    }
    return page(request, "exams/practical/day.html", context, status=status_of(problem) if problem else 200)


@router.get("/practicals.xlsx", dependencies=[EITHER])
def download(request: Request, reading: Reads) -> Response:
    """The same practicals as the list with the same filters shows, on all its pages."""
    say = words.catalogue(language_of(request)).gettext
    rows = [
        forms.excel_row(row, say) for row in queries.all_practicals(reading, forms.filters_from(request.query_params))
    ]
    headings = [say(heading) for heading in forms.HEADINGS]
    make = partial(workbook, say(N_("Practicals")), headings, rows, [16, 20, 14, 24, 10, 14, 14, 16, 10])
    return excel(make, "practicals.xlsx")


@router.post("/sittings/{sitting_id}", dependencies=[OFFICE])
def open_all(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """Open the practicals of everybody who has checked in."""
    try:
        actions.open_practicals(work, sitting_id)
    except NotFound:
        raise
    except Problem as problem:
        return _day(request, work, problem=problem)
    return RedirectResponse("/practical", 303)


@router.post("/duties/{sitting_id}", dependencies=[EXAMINER])
def take_up(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """The examiner is there."""
    try:
        take_up_duty(work, sitting_id)
    except NotFound:
        raise
    except Problem as problem:
        return _day(request, work, problem=problem)
    return RedirectResponse("/practical", 303)


@router.get("/{practical_id}", dependencies=[EITHER])
def overview(request: Request, reading: Reads, practical_id: UUID) -> Response:
    """One candidate's practical: what is drawn, how far it is, how it ended."""
    return _overview(request, reading, practical_id)


def _overview(
    request: Request,
    work: Reading,
    practical_id: UUID,
    *,
    problem: Problem | None = None,
    refused: str = "",
    typed: forms.Replacing | forms.EndingForm | None = None,
) -> Response:
    practical = queries.practical(work, practical_id)
    is_signed = any(state.signatures for state in practical.items.values())
    is_office = work.actor.may(Permission.ARRANGE_PRACTICAL)
    may_replace = is_office and not is_signed and not practical.is_over
    context = {
        "practical": practical,
        "place": practical.place_of(work.actor.person_id),
        "may_replace": may_replace,
        "may_end": is_office and not practical.is_over,
        "substitutes": queries.substitutes(work, practical) if may_replace else [],
        "problem": problem,
        "refused": refused,
        "typed": typed,
    }
    status = status_of(problem) if problem else 200
    return page(request, "exams/practical/overview.html", context, status=status)


@router.post("/{practical_id}/examiners/{place}", dependencies=[OFFICE])
def replace(
    request: Request, work: Writes, practical_id: UUID, place: int, form: Annotated[forms.Replacing, Form()]
) -> Response:
    """Somebody else on duty takes an examiner's place, with a reason."""
    try:
        actions.replace_examiner(work, practical_id, place=place, **form.meant())
    except NotFound:
        raise
    except Problem as problem:
        return _overview(request, work, practical_id, problem=problem, refused=f"examiner {place}", typed=form)
    return RedirectResponse(f"/practical/{practical_id}", 303)


@router.post("/{practical_id}/ending", dependencies=[OFFICE])
def end(request: Request, work: Writes, practical_id: UUID, form: Annotated[forms.EndingForm, Form()]) -> Response:
    """End a practical that cannot come to its last signature, with a reason."""
    try:
        actions.end_practical(work, practical_id, ending=form.ending, reason=form.said())
    except NotFound:
        raise
    except Problem as problem:
        return _overview(request, work, practical_id, problem=problem, refused=form.ending, typed=form)
    return RedirectResponse(f"/practical/{practical_id}", 303)


@router.post("/{practical_id}/draw", dependencies=[OFFICE])
def draw(request: Request, work: Writes, practical_id: UUID) -> Response:
    """Draw the items, once."""
    try:
        actions.draw_items(work, practical_id)
    except NotFound:
        raise
    except Problem as problem:
        return _overview(request, work, practical_id, problem=problem)
    return RedirectResponse(f"/practical/{practical_id}", 303)


@router.get("/{practical_id}/sheets/{subject}", dependencies=[EXAMINER])
def sheet(request: Request, reading: Reads, practical_id: UUID, subject: str) -> Response:
    """The examiner's own sheet for one item."""
    return page(request, SHEET, _context(reading, practical_id, subject))


@router.post("/{practical_id}/sheets/{subject}/steps", dependencies=[EXAMINER])
def step(
    request: Request, work: Writes, practical_id: UUID, subject: str, form: Annotated[forms.SheetStep, Form()]
) -> Response:
    """Deduct, restore, strike or lift a veto, complete, reopen."""
    try:
        actions.step_sheet(work, practical_id, subject, step_id=form.step_id, seen=form.seen, step=form.as_step())
    except NotFound:
        raise
    except Problem as problem:
        return _refused(request, work, practical_id, subject, problem, refused=f"veto {form.deduction}", typed=form)
    return _shown(request, work, practical_id, subject)


@router.post("/{practical_id}/sheets/{subject}/refusal", dependencies=[EXAMINER])
def refusal(request: Request, work: Writes, practical_id: UUID, subject: str, form: ReasonForm) -> Response:
    """The candidate refuses to sign: the item is given up."""
    try:
        actions.note_refusal(work, practical_id, subject, reason=form.said())
    except NotFound:
        raise
    except Problem as problem:
        return _refused(request, work, practical_id, subject, problem, refused="signature", typed=form)
    return _shown(request, work, practical_id, subject)


@router.post("/{practical_id}/sheets/{subject}/signature", dependencies=[EXAMINER])
def sign(request: Request, work: Writes, practical_id: UUID, subject: str) -> Response:
    """The examiner signs."""
    try:
        actions.sign_as_examiner(work, practical_id, subject)
    except NotFound:
        raise
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


def _refused(
    request: Request,
    work: Reading,
    practical_id: UUID,
    subject: str,
    problem: Problem,
    *,
    refused: str = "",
    typed: BaseModel | None = None,
) -> Response:
    """The sheet again, with what was typed where it was typed: `refused` names that form."""
    context = _context(work, practical_id, subject) | {"problem": problem, "refused": refused, "typed": typed}
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
        "refused": "",
    }


def _disagreement(practical: queries.Practical, state: queries.DrawnState) -> Problem | None:
    if not all(sheet.is_complete for sheet in state.sheets.values()):
        return None
    try:
        require_agreement(state.sheets[1], state.sheets[2], practical.standard.largest_difference)
    except Problem as problem:
        return problem
    return None
