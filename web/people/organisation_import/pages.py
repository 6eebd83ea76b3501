"""Where an office brings a list of organisations and learns row by row what became of it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from kernel.errors import N_, Invalid
from people.access.rules import Permission
from people.admissions import actions, formats, queries
from people.admissions.errors import ListMissing, NoSuchList
from people.admissions.rules.lists import Column, from_json
from people.organisations.errors import RecalledProblem, StaffListUnusable
from people.organisations.formats.workbooks import MOST_BYTES
from web import words
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.templating import language_of, page, wants_block
from web.frame.work import Reads, Writes, workplace

router = APIRouter(prefix="/organisation-import", dependencies=[needs(Permission.REGISTER_ORGANISATIONS)])

ASK = "people/organisation_import/ask.html"
SHOWN_AT_MOST = 200  # rows to mend; all of them stand in the file


@router.get("")
def ask(request: Request, reading: Reads) -> Response:
    """Choose a file, with the template and the latest lists."""
    return page(request, ASK, _context(reading))


@router.post("")
def bring(request: Request, work: Writes, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Begin to bring the list in, or say at the field why it cannot be read."""
    content = file.file.read(MOST_BYTES + 1) if file else b""
    try:
        if not content:
            raise ListMissing
        list_id = actions.bring_organisations(
            work,
            content=content,
            file_name=(file and file.filename) or "",
            demonstration=workplace(request).settings.demonstration,
        )
    except StaffListUnusable as problem:
        refused = Invalid({"file": problem})
        return page(request, ASK, _context(work) | {"problem": refused}, status=422)
    return RedirectResponse(f"/organisation-import/lists/{list_id}", 303)


@router.get("/lists/{list_id}")
def report(request: Request, reading: Reads, list_id: UUID) -> Response:
    """How far a list has come; its page becomes the report of each row when it has ended."""
    try:
        found = queries.list_report(reading, list_id)
    except NoSuchList:
        return _under_way(request, reading, list_id)
    if wants_block(request):
        return Response(headers={"HX-Refresh": "true"})
    rows = from_json(found.bad_rows)
    context = {"report": found, "bad_rows": rows[:SHOWN_AT_MOST], "more": max(0, len(rows) - SHOWN_AT_MOST)}
    return page(request, "people/organisation_import/report.html", context)


def _under_way(request: Request, reading: Reads, list_id: UUID) -> Response:
    task = queries.list_task(reading, list_id)
    refusal = RecalledProblem(task.refusal[0], dict(task.refusal[1])) if task.refusal else None
    context = {"task": task, "now": reading.now, "refusal": refusal}
    return page(request, "people/organisation_import/under_way.html", context, block="task")


@router.post("/lists/{list_id}/cancel")
def cancel(work: Writes, list_id: UUID) -> Response:
    """Stop bringing a list in; its page says what was done by then."""
    actions.cancel_organisations(work, list_id)
    return RedirectResponse(f"/organisation-import/lists/{list_id}", 303)


@router.get("/lists/{list_id}/rows-to-mend.xlsx")
def rows_to_mend(request: Request, reading: Reads, list_id: UUID) -> Response:
    """The rows that were not taken, with their reasons, ready to be mended and imported again."""
    rows = from_json(queries.list_report(reading, list_id).bad_rows)
    say = partial(words.sentence, language=language_of(request))
    return excel(partial(formats.rows_to_mend, _translate(request), say, rows), "organisations-to-mend.xlsx")


@router.get("/template.xlsx")
def template(request: Request) -> Response:
    """An empty list."""
    translate = _translate(request)
    kinds = tuple(translate(each) for each in (N_("Enterprise"), N_("Training provider"), N_("Exam centre")))
    return excel(partial(formats.template, translate, kinds), "organisations-template.xlsx")


def _context(reading: Reads) -> dict[str, object]:
    return {
        "columns": list(Column),
        "lists": queries.list_reports(reading),
        "under_way": queries.list_tasks(reading),
        "now": reading.now,
    }


def _translate(request: Request) -> formats.Translate:
    return words.catalogue(language_of(request)).gettext
