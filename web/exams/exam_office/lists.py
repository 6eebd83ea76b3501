"""The exam office's lists: applications with filters and Excel, re-checks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from exams.evidence import queries as evidence
from exams.registrations import queries as registrations
from exams.registrations.rules import STATE_NAMES, State
from exams.results import actions as results
from exams.results import queries as result_queries
from exams.sittings import queries as sittings
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.errors import N_, Problem
from kernel.sheets import workbook
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from web import words
from web.exams.exam_office import forms
from web.exams.said import NOTE_WORDS, PART_WORDS, said, state_of
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes
from web.typed import page_number

router = APIRouter(prefix="/exam-office", dependencies=[needs(Permission.SEE_REGISTRATIONS)])


@router.get("/applications")
def applications(request: Request, reading: Reads) -> Response:
    """Applications that the filters in the address leave, page by page, the longest waiting first."""
    query = request.query_params
    found = registrations.registrations(reading, forms.filters_from(query), page=page_number(query))
    today = shanghai_date(reading.now)
    context = said(request) | {
        "found": found,
        "typed": query,
        "exams": [
            (code, part)
            for code in standards.examined_qualifications(today)
            for part in standards.parts_of(code, today)
        ],
        "states": [(state, STATE_NAMES[state]) for state in State],
        "today": today,
    }
    return page(request, "exams/exam_office/applications.html", context)


@router.get("/applications.xlsx")
def download(request: Request, reading: Reads) -> Response:
    """The same applications as the list with the same filters shows, on all its pages."""
    language = language_of(request)
    say = words.catalogue(language).gettext
    trade = said(request)["trade"]
    rows = [
        forms.excel_row(row, trade, say(PART_WORDS[row.part]), words.named(state_of(row)[1], language))
        for row in registrations.all_registrations(reading, forms.filters_from(request.query_params))
    ]
    content = workbook(
        say(N_("Exam applications")),
        [say(heading) for heading in forms.HEADINGS],
        rows,
        [16, 30, 14, 18, 18, 14, 14, 18, 8],
    )
    return excel(content, "applications.xlsx")


@router.get("/applications/{registration_id}")
def application(request: Request, reading: Reads, registration_id: UUID) -> Response:
    """One application with its decision."""
    row = registrations.registration(reading, registration_id)
    context = said(request) | {
        "row": row,
        "decision": row.decision,
        "sitting": None if row.sitting_id is None else sittings.sitting(reading, row.sitting_id),
    }
    return page(request, "exams/exam_office/application.html", context)


@router.get("/rechecks")
def rechecks(request: Request, reading: Reads) -> Response:
    """Requests to look at a result again, the open ones first."""
    return _rechecks(request, reading)


def _rechecks(
    request: Request, reading: Reading, *, asked: UUID | None = None, problem: Problem | None = None, note: str = ""
) -> Response:
    rows = result_queries.rechecks(reading)
    people = accounts.people(reading, [result.person_id for _, result in rows])
    may_answer = reading.actor.may(Permission.ANSWER_RECHECKS)
    waiting = [result for recheck, result in rows if recheck.note is None] if may_answer else []
    context = said(request) | {
        "rows": rows,
        "people": people,
        "reviews": {result.id: evidence.review(reading, result) for result in waiting},
        "sittings": {result.id: sittings.sitting(reading, result.sitting_id).code for result in waiting},
        "note_words": NOTE_WORDS,
        "count_words": forms.COUNT_WORDS,
        "asked": asked,
        "problem": problem,
        "typed": {"note": note},
    }
    return page(request, "exams/exam_office/rechecks.html", context, status=status_of(problem) if problem else 200)


@router.post("/rechecks/{recheck_id}", dependencies=[needs(Permission.ANSWER_RECHECKS)])
def answer(
    request: Request, work: Writes, recheck_id: UUID, note: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Say what was found."""
    try:
        results.answer_recheck(work, recheck_id=recheck_id, note=note)
    except Problem as problem:
        return _rechecks(request, work, asked=recheck_id, problem=problem, note=note)
    return RedirectResponse("/exam-office/rechecks", 303)
