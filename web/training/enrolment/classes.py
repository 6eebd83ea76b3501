"""Classes at a training provider: record them, read them, strike out what was recorded wrongly."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from kernel.errors import Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.organisations.queries import own_organisation
from people.positions.queries import vocabulary
from training.classes import queries
from training.classes.actions import record_class, strike_attendance
from training.classes.queries import HeldClass
from training.enrolments import queries as enrolments
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.training.enrolment.forms import HoldingForm, StrikingForm

router = APIRouter(prefix="/enrolment/classes", dependencies=[needs(Permission.HOLD_CLASSES)])


def teachers(reading: Reading) -> list[tuple[UUID, str]]:
    """Who may be named as a teacher here, by name."""
    found = enrolments.teachers_at(reading, own_organisation(reading).id)
    return sorted(found.items(), key=lambda teacher: teacher[1])


@router.get("")
def classes(request: Request, reading: Reads, turn: Annotated[int, Query(alias="page", ge=1)] = 1) -> Response:
    """What is on record."""
    found = queries.provider_page(reading, turn)
    context = {
        "rows": [_row(reading, each) for each in found.rows],
        "total": found.total,
        "turn": found.page,
        "pages": found.pages,
    }
    return page(request, "training/enrolment/classes.html", context)


def _row(reading: Reading, held: HeldClass) -> dict[str, object]:
    teacher = accounts.person(reading, held.teacher_id)
    return {
        "held": held,
        "qualification": vocabulary().qualification(held.qualification).names,
        "teacher": teacher.name if teacher else "",
    }


@router.get("/new")
def ask_class(request: Request, reading: Reads) -> Response:
    """What was taught, and who was there."""
    return page(request, "training/enrolment/class_new.html", _asking(reading))


def _asking(reading: Reading) -> dict[str, object]:
    learning = enrolments.provider_learners(reading)
    people = accounts.people(reading, [each.person_id for each in learning])
    codes = sorted({each.qualification for each in learning})
    names = {code: vocabulary().qualification(code).names for code in codes}
    return {
        "qualifications": names,
        "learners": [(each.id, people[each.person_id].name, names[each.qualification]) for each in learning],
        "teachers": teachers(reading),
    }


@router.post("/new")
def hold_class(request: Request, work: Writes, typed: HoldingForm) -> Response:
    """Record a class, or say why not."""
    try:
        class_id = record_class(work, **typed.meant())
    except Problem as problem:
        context = _asking(work) | {"typed": typed, "problem": problem}
        return page(request, "training/enrolment/class_new.html", context, status=status_of(problem))
    return RedirectResponse(f"/enrolment/classes/{class_id}", 303)


@router.get("/{class_id}")
def held_class(request: Request, reading: Reads, class_id: UUID) -> Response:
    """One class, who attended, and what was struck out."""
    return page(request, "training/enrolment/class.html", _held(reading, class_id))


def _held(reading: Reading, class_id: UUID) -> dict[str, object]:
    held = queries.provider_class(reading, class_id)
    return {"row": _row(reading, held), "attendances": queries.attendances(reading, class_id)}


@router.post("/{class_id}/strikes")
def strike(request: Request, work: Writes, class_id: UUID, typed: StrikingForm) -> Response:
    """Strike attendances out, or say why not."""
    try:
        strike_attendance(work, class_id=class_id, **typed.meant())
    except Problem as problem:
        context = _held(work, class_id) | {"typed": typed, "problem": problem}
        return page(request, "training/enrolment/class.html", context, status=status_of(problem))
    return RedirectResponse(f"/enrolment/classes/{class_id}", 303)
