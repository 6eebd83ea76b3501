"""The invigilator's console: the room as it is, what is wrong in it, and the acts that help."""

from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.arrivals import queries as arrivals
from exams.invigilation.actions import supervising
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries as sittings
from exams.sittings.actions import take_up_duty
from kernel.errors import NotFound, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.actions import show_id_number
from web.exams.invigilation import view
from web.exams.invigilation.acts import ACTS, Typed
from web.exams.invigilation.live import ROOM
from web.frame import files
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.live import stream
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.typed import ReasonForm, TypedReason

router = APIRouter(prefix="/invigilation", dependencies=[needs(Permission.INVIGILATE)])


@router.get("")
def duties(request: Request, reading: Reads) -> Response:
    """The sittings in which this invigilator is on duty."""
    rows = [row for row, _ in sittings.sittings_on_duty(reading)]
    return page(request, "exams/invigilation/duties.html", {"rows": rows} | view.words_for(rows))


@router.get("/{sitting_id}")
def console(request: Request, reading: Reads, sitting_id: UUID) -> Response:
    """The room, now."""
    return _console(request, reading, sitting_id)


@router.get("/{sitting_id}/room")
def room(request: Request, reading: Reads, sitting_id: UUID, chosen: UUID | Literal[""] = "") -> Response:
    """The map alone, which the console asks for when it has changed; `chosen` is the registration shown beside it."""
    return _console(request, reading, sitting_id, chosen or None, block="room")


@router.get("/{sitting_id}/live")
async def live(request: Request, sitting_id: UUID) -> Response:
    """When the map has changed, and what changes in it between; asynchronous, for it lasts as long as the console."""
    return await stream(request, ROOM, sitting_id)


@router.get("/{sitting_id}/candidates/{registration_id}")
def candidate(request: Request, reading: Reads, sitting_id: UUID, registration_id: UUID, act: str = "") -> Response:
    """One candidate beside the room; `act` opens the form of one act."""
    return _console(request, reading, sitting_id, registration_id, act=act)


def _console(
    request: Request,
    reading: Reading,
    sitting_id: UUID,
    registration_id: UUID | None = None,
    *,
    block: str = "console",
    **more: Any,
) -> Response:
    context = view.console(reading, sitting_id) | {"id_number": None, "act": ""} | more
    context |= view.chosen(reading, context, registration_id)
    context["clock_problem"] = workplace(request).clock.problem()
    problem = more.get("problem")
    status = status_of(problem) if problem else 200
    return page(request, "exams/invigilation/console.html", context, block=block, status=status)


@router.get("/{sitting_id}/candidates/{registration_id}/photo")
def photo(request: Request, reading: Reads, sitting_id: UUID, registration_id: UUID) -> Response:
    """The candidate's photo, for whoever is on duty in the sitting."""
    return files.photo(
        request, accounts.photo_file(reading, _of_sitting(reading, sitting_id, registration_id).person_id)
    )


# acts about one candidate


@router.get("/{sitting_id}/candidates/{registration_id}/{name}")
def act_again(sitting_id: UUID, registration_id: UUID, name: str) -> Response:
    """The address of an act, opened: after a refusal it stands in the browser, and a switch of language asks for it."""
    query = f"?act={name}" if name in ACTS else ""
    return RedirectResponse(f"/invigilation/{sitting_id}/candidates/{registration_id}{query}", 303)


@router.post("/{sitting_id}/candidates/{registration_id}/id-number")
def whole_id_number(request: Request, work: Writes, sitting_id: UUID, registration_id: UUID) -> Response:
    """The whole number of the identity card, to compare it; every look is audited."""
    row = _of_sitting(work, sitting_id, registration_id)
    number = show_id_number(work, person_id=row.person_id, reason=f"check-in {row.admission_number}")
    return _console(request, work, sitting_id, registration_id, id_number=number)


@router.post("/{sitting_id}/candidates/{registration_id}/{name}")
def act(  # noqa: PLR0917 - each stands in the address or is given
    request: Request,
    work: Writes,
    sitting_id: UUID,
    registration_id: UUID,
    name: str,
    typed: Annotated[Typed, Form()],
) -> Response:
    """One of the acts of `acts.ACTS`; what was typed stays when it is refused."""
    _of_sitting(work, sitting_id, registration_id)
    if name not in ACTS:
        raise NotFound
    try:
        ACTS[name](work, registration_id, typed)
    except Problem as problem:
        return _console(request, work, sitting_id, registration_id, problem=problem, typed=typed, act=name)
    return RedirectResponse(f"/invigilation/{sitting_id}/candidates/{registration_id}", 303)


def _of_sitting(reading: Reading, sitting_id: UUID, registration_id: UUID) -> RegistrationRow:
    row = arrivals.candidate(reading, registration_id)
    if row.sitting_id != sitting_id:
        raise NotFound
    return row


# acts about the room


def _room_act(
    request: Request, work: Writes, sitting_id: UUID, act: Callable[[], None], typed: TypedReason | None = None
) -> Response:
    try:
        act()
    except Problem as problem:
        return _console(request, work, sitting_id, problem=problem, typed=typed)
    return RedirectResponse(f"/invigilation/{sitting_id}", 303)


@router.post("/{sitting_id}/duty")
def take_duty(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """The invigilator is there."""
    return _room_act(request, work, sitting_id, lambda: take_up_duty(work, sitting_id))


@router.post("/{sitting_id}/open")
def open_sitting(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """Open the exam."""
    return _room_act(request, work, sitting_id, lambda: supervising.open_room(work, sitting_id=sitting_id))


@router.post("/{sitting_id}/close")
def close_sitting(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """Close the exam when nobody works any more."""
    return _room_act(request, work, sitting_id, lambda: supervising.close_room(work, sitting_id=sitting_id))


@router.post("/{sitting_id}/notes")
def add_note(request: Request, work: Writes, sitting_id: UUID, typed: ReasonForm) -> Response:
    """Write an incident into the room record."""
    return _room_act(
        request,
        work,
        sitting_id,
        lambda: supervising.note_incident(work, sitting_id=sitting_id, text=typed.said()),
        typed,
    )


# the room record


@router.get("/{sitting_id}/record")
def record(request: Request, reading: Reads, sitting_id: UUID) -> Response:
    """The room record, to be signed when the exam is closed."""
    return _record(request, reading, sitting_id)


def _record(request: Request, reading: Reading, sitting_id: UUID, problem: Problem | None = None) -> Response:
    context = view.record(reading, sitting_id) | {"problem": problem}
    status = status_of(problem) if problem else 200
    return page(request, "exams/invigilation/record.html", context, status=status)


@router.post("/{sitting_id}/record/sign")
def sign(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """Sign the room record."""
    try:
        supervising.sign_record(work, sitting_id=sitting_id)
    except Problem as problem:
        return _record(request, work, sitting_id, problem)
    return RedirectResponse(f"/invigilation/{sitting_id}/record", 303)
