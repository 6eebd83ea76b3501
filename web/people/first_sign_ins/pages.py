"""Where an office has first sign-ins sent to the telephones of organisations, and sees which did not arrive."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from kernel.errors import N_, Problem
from kernel.paging import Page, cut_list
from kernel.work import Reading
from people.access.rules import Permission
from people.first_sign_ins import actions, queries
from people.first_sign_ins.rules import State
from people.messages.rules import Standing
from people.organisations.rules.cells import parse_phone
from people.organisations.rules.sheets import Cell
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.people.said import region_names
from web.typed import Fields, chosen, page_number

router = APIRouter(prefix="/first-sign-ins", dependencies=[needs(Permission.REGISTER_ORGANISATIONS)])
ALL, ONE = "people/first_sign_ins/all.html", "people/first_sign_ins/one.html"

STATES = {
    State.FAILED: (N_("Did not arrive"), "danger"),
    State.TO_SEND: (N_("To be sent"), "soon"),
    State.NO_TELEPHONE: (N_("Without a telephone"), "soon"),
    State.WAITING: (N_("On its way"), "info"),
    State.SENT: (N_("Sent"), "info"),
    State.EXPIRED: (N_("Sent, and no longer good"), "soon"),
    State.DONE: (N_("Has signed in"), "ok"),
}
REASONS = {
    Standing.REFUSED: N_("The SMS provider refused the number. Compare it, or write down another."),
    Standing.UNKNOWN: N_("The SMS provider fell silent: it may have arrived. Ask before you send another."),
    Standing.GIVEN_UP: N_("The SMS provider did not take it for a long time. Send it once more."),
}


class TypedTelephone(BaseModel):
    phone: str = ""

    def meant(self, *, demonstration: bool) -> str | None:
        """Raises Invalid."""
        with Fields(self) as read:
            return read("phone", lambda text: parse_phone(Cell(text), demonstration=demonstration))


@router.get("")
def all_of_them(request: Request, reading: Reads) -> Response:
    """How many stand how, and those in one state."""
    return page(request, ALL, _context(request, reading), block="standing")


@router.post("")
def send_all(request: Request, work: Writes) -> Response:
    """Have them sent to all that never had one."""
    context = _context(request, work)
    try:
        actions.send_first_sign_ins(work, sends_sms=workplace(request).settings.sends_sms)
    except Problem as problem:
        return page(request, ALL, context | {"problem": problem}, status=status_of(problem))
    return RedirectResponse("/first-sign-ins", 303)


@router.post("/sending/{sending_id}/cancel")
def cancel(work: Writes, sending_id: UUID) -> Response:
    """Ask for no further ones."""
    actions.cancel_sending(work, sending_id)
    return RedirectResponse("/first-sign-ins", 303)


@router.get("/{organisation_id}")
def one(request: Request, reading: Reads, organisation_id: UUID) -> Response:
    """That of one organisation."""
    return page(request, ONE, _one(request, reading, organisation_id))


@router.post("/{organisation_id}")
def send_one(request: Request, work: Writes, organisation_id: UUID) -> Response:
    """Send it, perhaps once more."""
    context = _one(request, work, organisation_id)
    try:
        actions.send_first_sign_in(work, organisation_id, sends_sms=workplace(request).settings.sends_sms)
    except Problem as problem:
        return page(request, ONE, context | {"problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/first-sign-ins/{organisation_id}", 303)


@router.post("/{organisation_id}/telephone")
def write_telephone(
    request: Request, work: Writes, organisation_id: UUID, typed: Annotated[TypedTelephone, Form()]
) -> Response:
    """Write down another telephone, and send it there."""
    context, settings = _one(request, work, organisation_id), workplace(request).settings
    try:
        phone = typed.meant(demonstration=settings.demonstration)
        actions.write_telephone(work, organisation_id, phone=phone, sends_sms=settings.sends_sms)
    except Problem as problem:
        return page(request, ONE, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/first-sign-ins/{organisation_id}", 303)


def _context(request: Request, reading: Reading) -> dict[str, Any]:
    found = queries.first_sign_ins(reading)
    counts = queries.counts(found)
    query = request.query_params
    state = chosen(State, query, "state") or next((each for each in State if counts[each]), State.TO_SEND)
    rows: Page[queries.FirstSignIn] = cut_list([each for each in found if each.state is state], page_number(query))
    return _words(request) | {
        "counts": counts,
        "state": state,
        "found": rows,
        "under_way": queries.sending_tasks(reading),
        "now": reading.now,
        "is_moving": bool(queries.sending_tasks(reading)) or counts[State.WAITING] > 0,
        "region_names": region_names(request, reading, {each.organisation.region for each in rows.rows}),
    }


def _one(request: Request, reading: Reading, organisation_id: UUID) -> dict[str, Any]:
    return _words(request) | {"row": queries.first_sign_in(reading, organisation_id)}


def _words(request: Request) -> dict[str, Any]:
    return {"states": STATES, "reasons": REASONS, "sends_sms": workplace(request).settings.sends_sms}
