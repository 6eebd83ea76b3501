"""A candidate's exams: what may be sat, the decision with its rules, the sitting, the admission ticket."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.admissions import queries as admissions
from exams.admissions.formats.ticket import ticket_pdf
from exams.admissions.rules import has_ticket
from exams.registrations import actions, queries
from exams.registrations.errors import NotExamined
from exams.registrations.queries import RegistrationRow, decisions
from exams.registrations.rules import Decision, Outcome, State
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.documents import installed
from kernel.errors import NotFound, Problem
from kernel.work import Reading
from people.access.rules import Permission
from web.exams.registration.forms import TypedApplication
from web.exams.said import said
from web.frame import printed
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace

router = APIRouter(prefix="/registration", dependencies=[needs(Permission.OWN_REGISTRATION)])


@dataclass(frozen=True, slots=True)
class PartStanding:
    """How a person stands with one part of an exam: the newest registration, and what would be decided today."""

    part: Part
    newest: RegistrationRow | None
    decision: Decision


@router.get("")
def overview(request: Request, reading: Reads) -> Response:
    """Every exam that concerns this person, and where each part stands."""
    rows = queries.own_registrations(reading)
    today = shanghai_date(reading.now)
    own = list(dict.fromkeys([*queries.own_qualifications(reading), *(row.qualification for row in rows)]))
    others = [code for code in standards.examined_qualifications(today) if code not in own]
    context = said(request) | {
        "exams": [(code, _standings(reading, rows, code, today)) for code in own],
        "others": others,
        "open_rows": [(row, _sitting(reading, row), _came_to_nothing(reading, row)) for row in rows if row.is_open],
        "past_rows": [row for row in rows if not row.is_open],
    }
    return page(request, "exams/registration/overview.html", context)


def _standings(reading: Reading, rows: list[RegistrationRow], code: str, today: date) -> list[PartStanding]:
    assert reading.actor.person_id is not None
    return [
        PartStanding(
            part,
            next((row for row in rows if (row.qualification, row.part) == (code, part)), None),
            decisions.decision(reading, person_id=reading.actor.person_id, qualification=code, part=part, day=today),
        )
        for part in standards.parts_of(code, today)
    ]


@router.get("/apply/{qualification}/{part}")
def ask(request: Request, reading: Reads, qualification: str, part: Part) -> Response:
    """What would be decided today, and the button that applies."""
    return _ask(request, reading, qualification, part)


def _ask(
    request: Request,
    reading: Reading,
    qualification: str,
    part: Part,
    *,
    problem: Problem | None = None,
    typed: TypedApplication | None = None,
) -> Response:
    today = shanghai_date(reading.now)
    if qualification not in standards.examined_qualifications(today) or part not in standards.parts_of(
        qualification, today
    ):
        raise NotFound
    assert reading.actor.person_id is not None
    context = said(request) | {
        "qualification": qualification,
        "part": part,
        "standard": standards.standard_for(qualification, part, today),
        "decision": decisions.decision(
            reading, person_id=reading.actor.person_id, qualification=qualification, part=part, day=today
        ),
        "problem": problem,
        "typed": typed,
    }
    return page(request, "exams/registration/apply.html", context, status=status_of(problem) if problem else 200)


@router.post("/apply/{qualification}/{part}")
def apply(
    request: Request, work: Writes, qualification: str, part: Part, typed: Annotated[TypedApplication, Form()]
) -> Response:
    """Apply; a second tap shows the same registration."""
    try:
        earliest_on = typed.earliest_day()
        registration_id = actions.apply(work, qualification=qualification, part=part, earliest_on=earliest_on)
    except NotExamined:
        raise
    except Problem as problem:
        return _ask(request, work, qualification, part, problem=problem, typed=typed)
    return RedirectResponse(f"/registration/{registration_id}", 303)


@router.get("/{registration_id}")
def registration(request: Request, reading: Reads, registration_id: UUID) -> Response:
    """One registration: decision, seat, ticket, and the way out of it."""
    return _registration(request, reading, registration_id)


def _registration(
    request: Request, reading: Reading, registration_id: UUID, *, problem: Problem | None = None
) -> Response:
    row = queries.own_registration(reading, registration_id)
    sitting = _sitting(reading, row)
    context = said(request) | {
        "row": row,
        "sitting": sitting,
        "off": sitting if row.outcome is Outcome.VOIDED else _came_to_nothing(reading, row),
        "has_ticket": has_ticket(row.state, sitting.state if sitting else None),
        "may_withdraw": row.is_open and (row.exam_on is None or row.exam_on > shanghai_date(reading.now)),
        "was_refused": row.state is State.REFUSED,
        "is_passed": row.outcome is Outcome.PASSED,
        "problem": problem,
    }
    status = status_of(problem) if problem else 200
    return page(request, "exams/registration/registration.html", context, status=status)


@router.post("/{registration_id}/withdraw")
def withdraw(request: Request, work: Writes, registration_id: UUID) -> Response:
    """Withdraw, until the day before."""
    queries.own_registration(work, registration_id)
    try:
        actions.withdraw_registration(work, registration_id=registration_id)
    except Problem as problem:
        return _registration(request, work, registration_id, problem=problem)
    return RedirectResponse(f"/registration/{registration_id}", 303)


@router.get("/{registration_id}/ticket.pdf")
def ticket(request: Request, reading: Reads, registration_id: UUID) -> Response:
    """The admission ticket, once the sitting is confirmed."""
    row = queries.own_registration(reading, registration_id)
    found = admissions.ticket(reading, row, _sitting(reading, row))
    make = partial(ticket_pdf, found, installed(workplace(request).settings.var))
    return printed.pdf(make, f"ticket-{row.admission_number}.pdf")


def _sitting(reading: Reading, row: RegistrationRow) -> SittingRow | None:
    return None if row.sitting_id is None else sittings.sitting(reading, row.sitting_id)


def _came_to_nothing(reading: Reading, row: RegistrationRow) -> SittingRow | None:
    """The sitting that was called off or annulled, and after which this registration waits again."""
    if row.follows_id is None:
        return None
    return _sitting(reading, queries.own_registration(reading, row.follows_id))
