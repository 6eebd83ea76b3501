"""Exam centres as the office sets them up: rooms with their seats, seats out of use, the pool of staff."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.centres import actions, queries
from exams.centres.rules import RoomKind
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.appointments.queries import those_within
from people.organisations.queries import masked_numbers
from web.exams.exam_centres import forms
from web.exams.said import said
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.people.said import region_names, region_options

router = APIRouter(prefix="/exam-centres", dependencies=[needs(Permission.MANAGE_CENTRES)])

CENTRES = "exams/exam_centres/centres.html"
CENTRE = "exams/exam_centres/centre.html"
ROOM = "exams/exam_centres/room.html"
STAFF = "exams/exam_centres/staff.html"


@router.get("")
def centres(request: Request, reading: Reads) -> Response:
    """All centres, and the form of one more."""
    return page(request, CENTRES, _centres(request, reading))


@router.post("")
def add_centre(request: Request, work: Writes, typed: Annotated[forms.TypedCentre, Form()]) -> Response:
    """Add a centre, or say field by field why not."""
    context = _centres(request, work)
    try:
        centre_id = actions.add_centre(
            work,
            **typed.meant(),
            organisation_id=work.actor.organisation_id,
        )
    except Problem as problem:
        return page(request, CENTRES, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/exam-centres/{centre_id}", 303)


@router.get("/{centre_id}")
def centre(request: Request, reading: Reads, centre_id: UUID) -> Response:
    """One centre: its rooms and its pool."""
    return page(request, CENTRE, _centre(request, reading, centre_id))


@router.post("/{centre_id}/rooms")
def add_room(request: Request, work: Writes, centre_id: UUID, typed: Annotated[forms.TypedRoom, Form()]) -> Response:
    """Add a room with its seats, or say field by field why not."""
    context = _centre(request, work, centre_id)
    try:
        actions.add_room(work, centre_id=context["centre"].id, plan=typed.plan())
    except Problem as problem:
        return page(request, CENTRE, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/exam-centres/{centre_id}", 303)


@router.get("/{centre_id}/staff/new")
def find_staff(request: Request, reading: Reads, centre_id: UUID, q: str = "") -> Response:
    """Whom to take into the pool, for which duty."""
    return page(request, STAFF, _staff(request, reading, centre_id, q))


@router.post("/{centre_id}/staff/new")
def add_staff(
    request: Request, work: Writes, centre_id: UUID, typed: Annotated[forms.TypedStaff, Form()], q: str = ""
) -> Response:
    """Take somebody into the pool, or say field by field why not."""
    context = _staff(request, work, centre_id, q)
    try:
        actions.add_staff(work, centre_id=context["centre"].id, plan=typed.plan(context["examined"]))
    except Problem as problem:
        return page(request, STAFF, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/exam-centres/{centre_id}#pool", 303)


@router.post("/{centre_id}/staff/{staff_id}/leave")
def remove_staff(work: Writes, centre_id: UUID, staff_id: UUID) -> Response:
    """Somebody leaves the pool; what they did stays on record."""
    actions.remove_staff(work, staff_id=queries.staff_member(work, centre_id, staff_id).id)
    return RedirectResponse(f"/exam-centres/{centre_id}#pool", 303)


@router.get("/rooms/{room_id}")
def room(request: Request, reading: Reads, room_id: UUID) -> Response:
    """One room and its seats."""
    return page(request, ROOM, _room(request, reading, room_id))


@router.post("/rooms/{room_id}/seats/out")
def take_out(request: Request, work: Writes, room_id: UUID, typed: Annotated[forms.TypedSeat, Form()]) -> Response:
    """Seat nobody here for the time being, with a reason."""
    context = _room(request, work, room_id)
    try:
        actions.take_seat_out_of_use(work, room_id=room_id, **typed.meant())
    except Problem as problem:
        return page(request, ROOM, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/exam-centres/rooms/{room_id}", 303)


@router.post("/rooms/{room_id}/seats/{number}/back")
def put_back(work: Writes, room_id: UUID, number: int) -> Response:
    """The seat can be used again."""
    actions.put_seat_back(work, room_id=room_id, number=number)
    return RedirectResponse(f"/exam-centres/rooms/{room_id}", 303)


def _centres(request: Request, reading: Reading) -> dict[str, Any]:
    rows = [
        (each, queries.rooms(reading, each.id), len({staff.person_id for staff in queries.pool(reading, each.id)}))
        for each in queries.centres(reading)
    ]
    return said(request) | {
        "rows": rows,
        "regions": region_options(request, reading),
        "region_names": region_names(request, reading, {each.region for each, _, _ in rows}),
    }


def _centre(request: Request, reading: Reading, centre_id: UUID) -> dict[str, Any]:
    found = queries.centre(reading, centre_id)
    return said(request) | {
        "centre": found,
        "rooms": queries.rooms(reading, found.id),
        "pool": queries.pool(reading, found.id),
        "kinds": list(RoomKind),
    }


def _staff(request: Request, reading: Reading, centre_id: UUID, name: str) -> dict[str, Any]:
    name = name.strip()[:100].replace("\0", "")
    named = accounts.people_named(reading, name) if name else []
    here = those_within(reading, [person.id for person in named])
    found = [person for person in named if person.id in here]
    numbers = masked_numbers(reading, [person.id for person in found])
    return said(request) | {
        "centre": queries.centre(reading, centre_id),
        "name": name,
        "found": [(person.id, person.name, numbers.get(person.id, "")) for person in found],
        "examined": standards.examined_qualifications(shanghai_date(reading.now)),
    }


def _room(request: Request, reading: Reading, room_id: UUID) -> dict[str, Any]:
    return said(request) | {"room": queries.room(reading, room_id), "seats": queries.seats(reading, room_id)}
