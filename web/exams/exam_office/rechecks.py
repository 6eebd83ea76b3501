"""Results that candidates doubt: what is kept is worked out again, and answered; a mistake is revised by two people."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.evidence import queries as evidence
from exams.rechecks import actions as rechecking
from exams.results import actions as results
from exams.results import queries as result_queries
from exams.results.errors import RecheckAnswered
from exams.results.queries import RecheckRow, ResultRow
from exams.sittings import queries as sittings
from exams.standards.rules import REVISE, Part
from kernel import two_people
from kernel.errors import Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from web.exams.exam_office import forms
from web.exams.said import NOTE_WORDS, said
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.prepared import ShownDeed, shown
from web.frame.templating import page
from web.frame.work import Reads, Writes

router = APIRouter(prefix="/exam-office/rechecks", dependencies=[needs(Permission.SEE_REGISTRATIONS)])


@router.get("")
def rechecks(request: Request, reading: Reads) -> Response:
    """Requests to look at a result again, the open ones first."""
    return _rechecks(request, reading)


def _rechecks(
    request: Request,
    reading: Reading,
    *,
    asked: UUID | None = None,
    problem: Problem | None = None,
    typed: forms.TypedAnswer | None = None,
) -> Response:
    rows = result_queries.rechecks(reading)
    people = accounts.people(reading, [result.person_id for _, result in rows])
    may_answer = reading.actor.may(Permission.ANSWER_RECHECKS)
    waiting = [result for recheck, result in rows if recheck.note is None] if may_answer else []
    context = said(request) | {
        "rows": rows,
        "people": people,
        "reviews": {result.id: evidence.review(reading, result) for result in waiting},
        "prepared": _prepared(reading, waiting),
        "sittings": {result.id: sittings.sitting(reading, result.sitting_id).code for result in waiting},
        "note_words": NOTE_WORDS,
        "count_words": forms.COUNT_WORDS,
        "asked": asked,
        "problem": problem,
        "typed": typed,
    }
    return page(request, "exams/exam_office/rechecks.html", context, status=status_of(problem) if problem else 200)


def _prepared(reading: Reading, waiting: list[ResultRow]) -> dict[UUID, ShownDeed]:
    """By result, the revision that waits for another person."""
    found = ((result.id, two_people.prepared_about(reading, REVISE, result.id)) for result in waiting)
    return {result_id: shown(reading, each) for result_id, each in found if each is not None}


@router.post("/{recheck_id}", dependencies=[needs(Permission.ANSWER_RECHECKS)])
def answer(request: Request, work: Writes, recheck_id: UUID, typed: Annotated[forms.TypedAnswer, Form()]) -> Response:
    """Say what was found."""
    try:
        results.answer_recheck(work, recheck_id=recheck_id, note=typed.said())
    except Problem as problem:
        return _rechecks(request, work, asked=recheck_id, problem=problem, typed=typed)
    return RedirectResponse("/exam-office/rechecks", 303)


@router.get("/{recheck_id}/revision", dependencies=[needs(Permission.ANSWER_RECHECKS)])
def ask_revision(request: Request, reading: Reads, recheck_id: UUID) -> Response:
    """The form of a mistake that was found."""
    return _revision(request, reading, *_open(reading, recheck_id))


def _open(reading: Reading, recheck_id: UUID) -> tuple[RecheckRow, ResultRow]:
    """Raises NoSuchResult, RecheckAnswered."""
    recheck, result = result_queries.recheck(reading, recheck_id)
    if recheck.note is not None:
        raise RecheckAnswered
    return recheck, result


def _revision(
    request: Request,
    reading: Reading,
    recheck: RecheckRow,
    result: ResultRow,
    *,
    problem: Problem | None = None,
    typed: forms.TypedRevision | None = None,
) -> Response:
    context = said(request) | {
        "recheck": recheck,
        "result": result,
        "name": accounts.people(reading, [result.person_id])[result.person_id].name,
        "sitting": sittings.sitting(reading, result.sitting_id),
        "has_paper": result.part is Part.THEORY,
        "problem": problem,
        "typed": typed,
    }
    return page(request, "exams/exam_office/revision.html", context, status=status_of(problem) if problem else 200)


@router.post("/{recheck_id}/revision", dependencies=[needs(Permission.ANSWER_RECHECKS)])
def prepare_revision(
    request: Request,
    work: Writes,
    recheck_id: UUID,
    typed: Annotated[forms.TypedRevision, Form()],
) -> Response:
    """Have it wait for another person."""
    recheck, result = _open(work, recheck_id)
    try:
        rechecking.prepare_revision(work, recheck_id=recheck_id, **typed.meant())
    except Problem as problem:
        return _revision(request, work, recheck, result, problem=problem, typed=typed)
    return RedirectResponse("/exam-office/prepared", 303)
