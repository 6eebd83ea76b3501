"""A candidate's results: score, pass mark, weak knowledge points by name; never questions. And the way to doubt one."""

from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from exams.papers import queries as papers
from exams.results import actions, queries
from exams.results.queries import ResultRow
from exams.sittings import queries as sittings
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.names import Names
from kernel.work import Reading
from people.access.rules import Permission
from question_bank.outlines import queries as outlines
from web.exams.said import said
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.typed import ReasonForm, TypedReason

router = APIRouter(prefix="/results", dependencies=[needs(Permission.OWN_RESULTS)])


@router.get("")
def results(request: Request, reading: Reads) -> Response:
    """Every released result, the newest first."""
    context = said(request) | {"rows": queries.own_results(reading)}
    return page(request, "exams/results/results.html", context)


@router.get("/{result_id}")
def result(request: Request, reading: Reads, result_id: UUID) -> Response:
    """One result and what it means."""
    return _result(request, reading, result_id)


def _result(
    request: Request,
    reading: Reading,
    result_id: UUID,
    *,
    problem: Problem | None = None,
    typed: TypedReason | None = None,
) -> Response:
    row = queries.own_result(reading, result_id)
    until = row.recheck_until
    context = said(request) | {
        "row": row,
        "sitting": sittings.sitting(reading, row.sitting_id),
        "weak": _weak(reading, row),
        "earlier": queries.own_earlier(reading, row.id),
        "may_ask": row.recheck is None and until is not None and shanghai_date(reading.now) <= until,
        "problem": problem,
        "typed": typed,
    }
    return page(request, "exams/results/result.html", context, status=status_of(problem) if problem else 200)


def _weak(reading: Reading, row: ResultRow) -> list[tuple[Names, Decimal]]:
    """Weak knowledge points by name, with the share of marks earned. A practical has none."""
    if not row.weak_points:
        return []
    blueprint = papers.blueprint(sittings.sitting(reading, row.sitting_id).standard["blueprint"])
    names = outlines.point_names(reading, blueprint.bank)
    return [(names[point.point], point.share) for point in row.weak_points if point.point in names]


@router.post("/{result_id}/recheck")
def ask_recheck(request: Request, work: Writes, result_id: UUID, typed: ReasonForm) -> Response:
    """Ask to have the result looked at again."""
    queries.own_result(work, result_id)
    try:
        actions.ask_recheck(work, result_id=result_id, reason=typed.said())
    except Problem as problem:
        return _result(request, work, result_id, problem=problem, typed=typed)
    return RedirectResponse(f"/results/{result_id}", 303)
