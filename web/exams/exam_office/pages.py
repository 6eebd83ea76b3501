"""The exam office's sittings: plan, seat, staff, confirm, draw, release. One page a sitting with its steps in order."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.centres import queries as centres
from exams.centres.rules import Duty
from exams.invigilation.actions.annulling import annul_room
from exams.registrations import queries as registrations
from exams.results import actions as releasing
from exams.sittings import actions, queries
from exams.sittings.errors import StartsInThePast, StartsTooFarAhead
from exams.sittings.rules import STATE_NAMES
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.clock import SHANGHAI, shanghai_date
from kernel.errors import N_, Invalid, NotFound, Problem
from kernel.sheets import workbook
from kernel.work import Reading, Work
from people.access.rules import Permission
from web import words
from web.exams.exam_office import forms
from web.exams.exam_office.board import sitting_board
from web.exams.said import PART_WORDS, said
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.typed import ReasonForm, TypedReason, all_readable, an_id, page_number

router = APIRouter(prefix="/exam-office", dependencies=[needs(Permission.PLAN_SITTINGS)])

PASSED_SHOWN = 50
SOON = timedelta(minutes=10)
SITTING = "exams/exam_office/sitting.html"
STEPS: dict[str, Callable[[Work, UUID], Any]] = {
    "confirm": actions.confirm_sitting,
    "draw": actions.draw_sitting,
    "release": releasing.prepare_release,
    "reveal": actions.reveal_sitting,
}


ENDS: dict[str, Callable[..., int]] = {"called_off": actions.call_off_sitting, "annulled": annul_room}


@router.get("")
def sittings(request: Request, reading: Reads) -> Response:
    """The sittings that the filters in the address leave, and how many wait for a seat."""
    query = request.query_params
    found = queries.sittings(reading, forms.sitting_filters_from(query), page=page_number(query))
    context = said(request) | {
        "found": found,
        "typed": query,
        "waiting": registrations.waiting_counts(reading),
        "exams": _exams(shanghai_date(reading.now)),
        "states": STATE_NAMES,
    }
    return page(request, "exams/exam_office/sittings.html", context)


@router.get("/sittings.xlsx")
def download(request: Request, reading: Reads) -> Response:
    """The same sittings as the list with the same filters shows, on all its pages."""
    language = language_of(request)
    say, trade = words.catalogue(language).gettext, said(request)["trade"]
    named = partial(words.named, language=language)
    rows = [
        forms.excel_sitting(
            row, trade(row.qualification), say(PART_WORDS[row.part]), named(STATE_NAMES[row.state]), named
        )
        for row in queries.all_sittings(reading, forms.sitting_filters_from(request.query_params))
    ]
    headings = [say(heading) for heading in forms.SITTING_HEADINGS]
    make = partial(workbook, say(N_("Sittings")), headings, rows, [14, 18, 30, 14, 34, 20, 10, 10, 14])
    return excel(make, "sittings.xlsx")


def _exams(today: date) -> list[tuple[str, Part]]:
    return [
        (code, part) for code in standards.examined_qualifications(today) for part in standards.parts_of(code, today)
    ]


@router.get("/sittings/new")
def ask_new(request: Request, reading: Reads) -> Response:
    """The form of a new sitting."""
    return _new(request, reading)


def _new(
    request: Request, reading: Reading, *, problem: Problem | None = None, typed: forms.TypedSitting | None = None
) -> Response:
    exams = _exams(shanghai_date(reading.now))
    waiting = registrations.waiting_counts(reading)
    longest = max(exams, key=lambda exam: waiting.get(exam, 0), default=None)
    context = said(request) | {
        "exams": exams,
        "rooms": sorted(
            centres.rooms(reading), key=lambda room: longest is None or room.kind.value != longest[1].value
        ),
        "waiting": waiting,
        "now": reading.now,
        "rules": standards.room_rules(),
        "problem": problem,
        "typed": typed or _proposal(reading, longest, is_now=workplace(request).settings.demonstration),
    }
    return page(request, "exams/exam_office/new.html", context, status=status_of(problem) if problem else 200)


def _proposal(reading: Reading, exam: tuple[str, Part] | None, *, is_now: bool) -> forms.TypedSitting:
    """The exam with the longest queue. A real office chooses the day; a demonstration holds its exam at once."""
    code = "/".join(exam) if exam else ""
    if not is_now:
        return forms.TypedSitting(exam=code, time="09:00")
    soon = (reading.now + SOON).astimezone(SHANGHAI)
    return forms.TypedSitting(exam=code, day=soon.date().isoformat(), time=f"{soon:%H:%M}")


@router.post("/sittings/new")
def plan(request: Request, work: Writes, typed: Annotated[forms.TypedSitting, Form()]) -> Response:
    """Plan a sitting, or say field by field why not."""
    try:
        sitting_id = actions.plan_sitting(work, **typed.meant())
    except (StartsInThePast, StartsTooFarAhead) as problem:
        return _new(request, work, problem=Invalid({"day": problem}), typed=typed)
    except Problem as problem:
        return _new(request, work, problem=problem, typed=typed)
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}", 303)


@router.get("/sittings/{sitting_id}")
def sitting(request: Request, reading: Reads, sitting_id: UUID) -> Response:
    """One sitting: what is done, what is next, and the button that does it."""
    return _sitting(request, reading, sitting_id)


def _sitting(
    request: Request, reading: Reading, sitting_id: UUID, *, problem: Problem | None = None, typed: Any = None
) -> Response:
    query = request.query_params
    passed = all_readable(an_id, query.getlist("passed")[:PASSED_SHOWN])
    context = said(request) | sitting_board(reading, sitting_id, search=query.get("q", ""), passed=passed)
    context |= {"problem": problem, "typed": typed}
    return page(request, SITTING, context, status=status_of(problem) if problem else 200)


@router.post("/sittings/{sitting_id}/seats")
def seat(request: Request, work: Writes, sitting_id: UUID, typed: Annotated[forms.TypedSeating, Form()]) -> Response:
    """Seat those ticked, or the first of the queue."""
    queries.sitting(work, sitting_id)
    by_lot = typed.order != "order"
    passed_over: tuple[UUID, ...] = ()
    try:
        if typed.registration:
            actions.seat_candidates(work, sitting_id, registration_ids=typed.registration, by_lot=by_lot)
        else:
            passed_over = actions.seat_first(work, sitting_id, count=typed.how_many(), by_lot=by_lot).passed_over
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem, typed=typed)
    # The address says who was passed over, so that the page says why, also when it is loaded again.
    query = urlencode([("passed", str(id_)) for id_ in passed_over[:PASSED_SHOWN]])
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}" + (f"?{query}" if query else ""), 303)


@router.post("/sittings/{sitting_id}/seats/{registration_id}/take-back")
def unseat(request: Request, work: Writes, sitting_id: UUID, registration_id: UUID, typed: ReasonForm) -> Response:
    """Take one seat back, with a reason."""
    queries.sitting(work, sitting_id)
    try:
        actions.unseat_candidate(work, sitting_id, registration_id=registration_id, reason=typed.said())
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem, typed=_about(typed, registration_id))
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}", 303)


@router.post("/sittings/{sitting_id}/staff")
def assign(request: Request, work: Writes, sitting_id: UUID, typed: Annotated[forms.TypedDuty, Form()]) -> Response:
    """Put somebody of the pool on duty, or say by name why not."""
    queries.sitting(work, sitting_id)
    try:
        actions.assign_staff(work, sitting_id, staff_id=typed.staff())
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem, typed=typed)
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}#staff", 303)


@router.post("/sittings/{sitting_id}/staff/lot/{duty}")
def assign_by_lot(request: Request, work: Writes, sitting_id: UUID, duty: Duty) -> Response:
    """Let the lot decide among those who are free and in no conflict."""
    queries.sitting(work, sitting_id)
    try:
        actions.assign_by_lot(work, sitting_id, duty=duty)
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem)
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}#staff", 303)


@router.post("/sittings/{sitting_id}/staff/{person_id}/relieve")
def relieve(request: Request, work: Writes, sitting_id: UUID, person_id: UUID, typed: ReasonForm) -> Response:
    """Relieve somebody, with a reason."""
    queries.sitting(work, sitting_id)
    try:
        actions.relieve_staff(work, sitting_id, person_id=person_id, reason=typed.said())
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem, typed=_about(typed, person_id))
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}#staff", 303)


@router.post("/sittings/{sitting_id}/off/{how}")
def end(
    request: Request,
    work: Writes,
    sitting_id: UUID,
    how: Literal["called_off", "annulled"],
    typed: ReasonForm,
) -> Response:
    """Call a sitting off, or annul one that was opened, with a reason that its candidates read."""
    queries.sitting(work, sitting_id)
    try:
        ENDS[how](work, sitting_id, reason=typed.said())
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem, typed=_about(typed, how))
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}", 303)


def _about(typed: TypedReason, about: object) -> dict[str, object]:
    """A reason that was refused, and which of the page's forms it stood in."""
    return {"reason": typed.reason, "about": about}


@router.post("/sittings/{sitting_id}/steps/{step}")
def take_step(request: Request, work: Writes, sitting_id: UUID, step: str) -> Response:
    """Confirm, draw, prepare the release, or reveal the secret."""
    queries.sitting(work, sitting_id)
    if step not in STEPS:
        raise NotFound
    try:
        STEPS[step](work, sitting_id)
    except Problem as problem:
        return _sitting(request, work, sitting_id, problem=problem)
    return RedirectResponse(f"/exam-office/sittings/{sitting_id}", 303)
