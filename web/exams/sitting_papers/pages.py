"""The lists and tickets of a whole sitting: one button, a bar, one PDF."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from exams.admissions import actions, queries
from exams.sittings import queries as sittings
from kernel.documents import installed
from kernel.tasks import Outcome, Task
from people.access.rules import Permission
from web.exams.said import said
from web.frame.access import needs
from web.frame.files import served
from web.frame.templating import page, wants_block
from web.frame.work import Reads, Writes, workplace

router = APIRouter(prefix="/sitting-papers", dependencies=[needs(Permission.PLAN_SITTINGS)])


@router.post("/{sitting_id}")
def begin(request: Request, work: Writes, sitting_id: UUID) -> Response:
    """Have them printed; who presses twice sees the same bar."""
    task_id = actions.print_sitting(work, sitting_id, fonts=installed(workplace(request).settings.var))
    return RedirectResponse(f"/sitting-papers/{sitting_id}/{task_id}", 303)


@router.get("/{sitting_id}/{task_id}")
def progress(request: Request, reading: Reads, sitting_id: UUID, task_id: UUID) -> Response:
    """How far it has come, and the PDF when it is there."""
    sitting = sittings.sitting(reading, sitting_id)
    task = queries.printing(reading, sitting_id, task_id)
    if task.outcome is not None and wants_block(request):
        return Response(headers={"HX-Refresh": "true"})
    address = f"/sitting-papers/{sitting_id}/{task_id}"
    context = said(request) | {"sitting": sitting, "task": task, "address": address, "now": reading.now}
    return page(request, "exams/sitting_papers/printing.html", context | _standing(reading, task), block="task")


def _standing(reading: Reads, task: Task) -> dict[str, Any]:
    is_finished = task.outcome is Outcome.FINISHED
    is_kept = is_finished and queries.is_kept(reading, task)
    return {
        "is_printed": is_kept,
        "is_gone": is_finished and not is_kept,
        "is_cancelled": task.outcome is Outcome.CANCELLED,
        "has_failed": task.outcome is Outcome.FAILED,
        "may_be_cancelled": task.outcome is None and not task.is_cancelled,
    }


@router.post("/{sitting_id}/{task_id}/cancel")
def cancel(work: Writes, sitting_id: UUID, task_id: UUID) -> Response:
    """Stop it; nothing is kept."""
    actions.cancel_printing(work, sitting_id, task_id)
    return RedirectResponse(f"/sitting-papers/{sitting_id}/{task_id}", 303)


@router.get("/{sitting_id}/{task_id}/sitting.pdf")
def download(request: Request, work: Writes, sitting_id: UUID, task_id: UUID) -> Response:
    """The lists and tickets as one PDF, whole or a range of it. Taking it is audited."""
    file = actions.printed_sitting(work, sitting_id, task_id)
    code = sittings.sitting(work, sitting_id).code
    answer = served(request, file, kept="no-store")
    answer.headers["Content-Disposition"] = f'attachment; filename="sitting-{code}.pdf"'
    return answer
