"""The exam office's applications, with filters and Excel."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request, Response

from exams.registrations import queries as registrations
from exams.registrations.rules import STATE_NAMES, State
from exams.sittings import queries as sittings
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.errors import N_
from kernel.sheets import workbook
from people.access.rules import Permission
from web import words
from web.exams.exam_office import forms
from web.exams.said import PART_WORDS, said, state_of
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.templating import language_of, page
from web.frame.work import Reads
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
    make = partial(
        workbook,
        say(N_("Exam applications")),
        [say(heading) for heading in forms.HEADINGS],
        rows,
        [16, 30, 14, 18, 18, 14, 14, 18, 8],
    )
    return excel(make, "applications.xlsx")


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
