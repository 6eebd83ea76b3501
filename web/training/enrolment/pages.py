"""The desk of a training provider: learners, and enrolling. Classes are in classes.py."""

from collections.abc import Sequence
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
from training.classes.queries import classes_of
from training.courses.queries import courses, newest_courses
from training.enrolments import queries as enrolments
from training.enrolments.actions import enrol, withdraw
from training.enrolments.rules import State
from training.records.queries import progress
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.training.enrolment.classes import teachers
from web.training.enrolment.forms import EnrollingForm
from web.typed import ReasonForm

router = APIRouter(prefix="/enrolment")

SEEING = needs(Permission.SEE_LEARNERS)


@router.get("", dependencies=[SEEING])
def learners(
    request: Request,
    reading: Reads,
    q: str = "",
    state: str = "",
    turn: Annotated[int, Query(alias="page", ge=1)] = 1,
) -> Response:
    """Everybody enrolled here, and how far they are."""
    states = {each.value: each for each in State}
    named = _named(reading, q.strip()) if q.strip() else None
    found = enrolments.provider_page(reading, state=states.get(state), people=named, page=turn)
    context = {
        "total": found.total,
        "anybody": bool(found.total or q or state),
        "rows": _rows(reading, found.rows),
        "filters": {"q": q, "state": state},
        "turn": found.page,
        "pages": found.pages,
    }
    return page(request, "training/enrolment/learners.html", context)


def _named(reading: Reading, part: str) -> list[UUID]:
    """The provider's learners with `part` in their name."""
    people = accounts.people(reading, enrolments.provider_people(reading))
    return [each.id for each in people.values() if part in each.name]


def _rows(reading: Reading, shown: Sequence[enrolments.Enrolment]) -> list[dict[str, object]]:
    learners = [each.person_id for each in shown]
    people, phones = accounts.people(reading, learners), accounts.masked_phones(reading, learners)
    done = progress(reading, shown)
    return [
        {
            "enrolment": each,
            "name": people[each.person_id].name,
            "phone": phones.get(each.person_id, ""),
            "qualification": vocabulary().qualification(each.qualification).names,
            "progress": done[each.id],
        }
        for each in shown
    ]


@router.get("/new", dependencies=[needs(Permission.ENROL)])
def ask(request: Request, reading: Reads, q: str = "") -> Response:
    """Whom, in what, taught by whom."""
    return page(request, "training/enrolment/enrol.html", _asking(request, reading, q))


def _asking(request: Request, reading: Reading, name: str) -> dict[str, object]:
    found = accounts.people_named(reading, name.strip()) if name.strip() else []
    phones = accounts.masked_phones(reading, [each.id for each in found])
    return {
        "name": name.strip(),
        "found": [(each.id, each.name, phones.get(each.id, "")) for each in found],
        "courses": newest_courses(reading),
        "teachers": teachers(reading),
        "may_demonstrate": workplace(request).settings.demonstration,
    }


@router.post("/new", dependencies=[needs(Permission.ENROL)])
def enrol_person(request: Request, work: Writes, typed: EnrollingForm, q: str = "") -> Response:
    """Enrol, or say why not."""
    provider = own_organisation(work)
    is_demonstration = workplace(request).settings.demonstration and bool(typed.demonstration)
    try:
        enrolment_id = enrol(
            work,
            **typed.meant(),
            provider_id=provider.id,
            provider_name=provider.name,
            demonstration=is_demonstration,
        )
    except Problem as problem:
        context = _asking(request, work, q) | {"typed": typed, "problem": problem}
        return page(request, "training/enrolment/enrol.html", context, status=status_of(problem))
    return RedirectResponse(f"/enrolment/{enrolment_id}", 303)


@router.get("/{enrolment_id}", dependencies=[SEEING])
def learner(request: Request, reading: Reads, enrolment_id: UUID) -> Response:
    """One learner's file."""
    return page(request, "training/enrolment/learner.html", _file(reading, enrolment_id))


def _file(reading: Reading, enrolment_id: UUID) -> dict[str, object]:
    enrolment = enrolments.provider_enrolment(reading, enrolment_id)
    taught_by = enrolments.teachers(reading, [enrolment.id])[enrolment.id]
    return _rows(reading, [enrolment])[0] | {
        "course": courses(reading, [enrolment.course_id])[enrolment.course_id],
        "teachers": [each.name for each in accounts.people(reading, taught_by).values()],
        "classes": classes_of(reading, enrolment.id),
    }


@router.post("/{enrolment_id}/withdrawal", dependencies=[needs(Permission.ENROL)])
def withdraw_learner(request: Request, work: Writes, enrolment_id: UUID, typed: ReasonForm) -> Response:
    """End an enrolment, or say why not."""
    try:
        withdraw(work, enrolment_id=enrolment_id, reason=typed.said())
    except Problem as problem:
        context = _file(work, enrolment_id) | {"typed": typed, "problem": problem}
        return page(request, "training/enrolment/learner.html", context, status=status_of(problem))
    return RedirectResponse(f"/enrolment/{enrolment_id}", 303)
