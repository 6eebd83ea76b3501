"""What one person of the exam office has prepared and another confirms: releases, and revisions of results."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from exams.standards.rules import RELEASE
from kernel import two_people
from kernel.errors import N_, Problem
from kernel.work import Reading
from people.access.rules import Permission
from web.exams.said import said
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.prepared import ShownDeed, shown
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.typed import ReasonForm, TypedReason

router = APIRouter(prefix="/exam-office/prepared", dependencies=[needs(Permission.RELEASE_RESULTS)])

TO_THE_SITTING = N_("Look at the sitting")
TO_THE_RECHECKS = N_("Look at the re-check")


@router.get("")
def prepared(request: Request, reading: Reads) -> Response:
    """What waits, the soonest to lapse first, and what was lately confirmed, cancelled or has lapsed."""
    return _prepared(request, reading)


def _prepared(
    request: Request,
    reading: Reading,
    *,
    about: UUID | None = None,
    problem: Problem | None = None,
    typed: TypedReason | None = None,
) -> Response:
    context = said(request) | {
        "waiting": [(deed, more_of(deed)) for deed in (shown(reading, each) for each in two_people.waiting(reading))],
        "lately": [(deed, more_of(deed)) for deed in (shown(reading, each) for each in two_people.lately(reading))],
        "about": about,
        "problem": problem,
        "typed": typed,
    }
    return page(request, "exams/exam_office/prepared.html", context, status=status_of(problem) if problem else 200)


def more_of(deed: ShownDeed) -> tuple[str, str]:
    """Where to look before confirming: an address, and what to call it."""
    if deed.deed == RELEASE:
        return f"/exam-office/sittings/{deed.about}", TO_THE_SITTING
    return "/exam-office/rechecks", TO_THE_RECHECKS


@router.post("/{prepared_id}/confirm")
def confirm(request: Request, work: Writes, prepared_id: UUID) -> Response:
    """Stand for what another has prepared, and so do it."""
    known = two_people.prepared(work, prepared_id)
    try:
        two_people.confirm(work, prepared_id)
    except Problem as problem:
        return _prepared(request, work, problem=problem)
    return RedirectResponse(more_of(shown(work, known))[0], 303)


@router.post("/{prepared_id}/cancel")
def cancel(request: Request, work: Writes, prepared_id: UUID, typed: ReasonForm) -> Response:
    """Stop it, with a reason."""
    known = two_people.prepared(work, prepared_id)
    try:
        two_people.cancel(work, prepared_id, reason=typed.said())
    except Problem as problem:
        return _prepared(request, work, about=known.id, problem=problem, typed=typed)
    return RedirectResponse("/exam-office/prepared", 303)
