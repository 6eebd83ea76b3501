"""Where an enterprise's manager brings a staff list and learns row by row what became of it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from kernel.errors import N_, Invalid, NotFound
from kernel.sheets import workbook
from people.access.rules import Permission
from people.demonstration.queries import sample_staff_list
from people.organisations import actions, queries
from people.organisations.errors import FileMissing, ImportUnknown, RecalledProblem, StaffListUnusable
from people.organisations.formats import staff_sheets
from people.organisations.formats.workbooks import MOST_BYTES, uploaded
from people.organisations.rules.import_reports import from_json
from people.organisations.rules.staff_lists import Column
from web import words
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.templating import language_of, page, wants_block
from web.frame.work import Reads, Writes

router = APIRouter(prefix="/staff-import", dependencies=[needs(Permission.KEEP_STAFF)])

SHOWN_AT_MOST = 200  # rows to mend; all of them stand in the file


@router.get("")
def ask(request: Request, reading: Reads) -> Response:
    """Choose a file, with the template and the latest imports."""
    return page(request, "people/staff_import/ask.html", _context(reading))


@router.post("")
def bring(request: Request, work: Writes, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Import the file, or say at the field why it cannot be read."""
    content = file.file.read(MOST_BYTES + 1) if file else b""
    try:
        if not content:
            raise FileMissing
        sent = uploaded(content)  # before the deed asks the database for anything
        brought = actions.bring_list(work, file=sent, file_name=(file and file.filename) or "")
    except StaffListUnusable as problem:
        refused = Invalid({"file": problem})
        return page(request, "people/staff_import/ask.html", _context(work) | {"problem": refused}, status=422)
    return RedirectResponse(f"/staff-import/reports/{brought.id}", 303)


@router.get("/reports/{import_id}")
def report(request: Request, reading: Reads, import_id: UUID) -> Response:
    """What became of each row, or how far a long list has come; its page becomes the report when it has ended."""
    try:
        found = queries.staff_import(reading, import_id)
    except ImportUnknown:
        return _under_way(request, reading, import_id)
    if wants_block(request):
        return Response(headers={"HX-Refresh": "true"})
    rows = from_json(found.bad_rows)
    context = {"report": found, "bad_rows": rows[:SHOWN_AT_MOST], "more": max(0, len(rows) - SHOWN_AT_MOST)}
    return page(request, "people/staff_import/report.html", context)


def _under_way(request: Request, reading: Reads, import_id: UUID) -> Response:
    task = queries.import_task(reading, import_id)
    refusal = RecalledProblem(task.refusal[0], dict(task.refusal[1])) if task.refusal else None
    context = {"task": task, "now": reading.now, "refusal": refusal}
    return page(request, "people/staff_import/under_way.html", context, block="task")


@router.post("/reports/{import_id}/cancel")
def cancel(work: Writes, import_id: UUID) -> Response:
    """Stop bringing in a long list; its page says what was done by then."""
    actions.cancel_list(work, import_id)
    return RedirectResponse(f"/staff-import/reports/{import_id}", 303)


@router.get("/reports/{import_id}/rows-to-mend.xlsx")
def rows_to_mend(request: Request, work: Writes, import_id: UUID) -> Response:
    """The rows that were not taken, with their reasons, ready to be mended and imported again. The look is audited."""
    rows = actions.rows_to_mend(work, import_id)
    say = partial(words.sentence, language=language_of(request))
    make = partial(staff_sheets.rows_to_mend, _translate(request), say, rows)
    return excel(make, "rows-to-mend.xlsx")


@router.get("/template.xlsx")
def template(request: Request, reading: Reads) -> Response:
    """An empty list with the enterprise's own posts to choose from."""
    own = queries.own_organisation(reading)
    posts = [post.name for post in queries.posts(reading, own.id)]
    translate = _translate(request)
    make = partial(staff_sheets.template, translate, posts, answers=(translate(N_("Yes")), translate(N_("No"))))
    return excel(make, "staff-list-template.xlsx")


@router.get("/sample.xlsx")
def sample(request: Request, reading: Reads) -> Response:
    """The invented list of the demonstration, wrong rows included; a real enterprise has none."""
    if not queries.own_organisation(reading).is_demonstration:
        raise NotFound
    translate = _translate(request)
    headings = [translate(column.label) for column in Column]
    rows = sample_staff_list(reading)
    make = partial(workbook, translate(N_("Staff list")), headings, rows, [16, 24, 22, 16, 14, 14, 20])
    return excel(make, "staff-list-sample.xlsx")


def _context(reading: Reads) -> dict[str, object]:
    own = queries.own_organisation(reading)
    return {
        "own": own,
        "columns": list(Column),
        "posts": queries.posts(reading, own.id),
        "imports": queries.staff_imports(reading),
        "under_way": queries.import_tasks(reading),
        "now": reading.now,
    }


def _translate(request: Request) -> staff_sheets.Translate:
    return words.catalogue(language_of(request)).gettext
