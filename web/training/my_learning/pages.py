"""My courses, and how far I am."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from kernel.errors import Problem
from people.access.rules import Permission
from people.positions.queries import vocabulary
from training.courses.queries import courses
from training.enrolments.actions import leave
from training.enrolments.queries import own_enrolments
from training.records.actions import hand_over
from training.records.queries import progress
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes

router = APIRouter(prefix="/my-learning")


def _context(reading: Reads) -> dict[str, object]:
    mine = own_enrolments(reading)
    return {
        "enrolments": mine,
        "courses": courses(reading, [each.course_id for each in mine]),
        "progress": progress(reading, mine),
        "qualification": vocabulary().qualification,
    }


@router.get("", dependencies=[needs(Permission.LEARN)])
def my_learning(request: Request, reading: Reads) -> Response:
    """Everything that I am enrolled in."""
    return page(request, "training/my_learning/my_learning.html", _context(reading))


@router.post("/{enrolment_id}/hand-over", dependencies=[needs(Permission.LEARN)])
def finish(request: Request, work: Writes, enrolment_id: UUID) -> Response:
    """State that my hours are complete."""
    try:
        hand_over(work, enrolment_id=enrolment_id)
    except Problem as problem:
        context = _context(work) | {"problem": problem}
        return page(request, "training/my_learning/my_learning.html", context, status=status_of(problem))
    return RedirectResponse("/my-learning", 303)


@router.post("/{enrolment_id}/leaving", dependencies=[needs(Permission.LEARN)])
def leave_course(request: Request, work: Writes, enrolment_id: UUID) -> Response:
    """I do not go on with this course."""
    try:
        leave(work, enrolment_id=enrolment_id)
    except Problem as problem:
        context = _context(work) | {"problem": problem}
        return page(request, "training/my_learning/my_learning.html", context, status=status_of(problem))
    return RedirectResponse("/my-learning", 303)
