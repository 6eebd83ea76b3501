"""The staff list of an enterprise: find people, change a line, close it when somebody leaves."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from kernel.clock import shanghai_date
from kernel.errors import N_, Invalid, Problem, Refused
from kernel.sheets import workbook
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.formats import PICTURE_AT_MOST_BYTES, identity_photo
from people.appointments import actions as appointments
from people.appointments.queries import workers_sign_in
from people.appointments.rules import WorkersSignIn
from people.organisations import actions, queries
from people.organisations.errors import PostAlreadyThere
from people.organisations.rules.employments import Standing
from people.positions.queries import vocabulary
from web import words
from web.frame import files
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.people.staff import forms
from web.typed import page_number

router = APIRouter(prefix="/staff", dependencies=[needs(Permission.KEEP_STAFF)])
LINE = "people/staff/line.html"


@router.get("")
def staff(request: Request, reading: Reads) -> Response:
    """Everybody whom the filters in the address leave, page by page."""
    query = request.query_params
    found = queries.staff(reading, forms.filter_from(query), page=page_number(query))
    context = {
        "found": found,
        "numbers": queries.masked_numbers(reading, [row.person_id for row in found.rows]),
        "own": queries.own_organisation(reading),
        "typed": query,
    } | _posts(reading)
    return page(request, "people/staff/staff.html", context)


@router.get("/list.xlsx")
def download(request: Request, reading: Reads) -> Response:
    """The same people as the list with the same filters shows, on all its pages."""
    rows = queries.all_staff(reading, forms.filter_from(request.query_params))
    numbers = queries.masked_numbers(reading, [row.person_id for row in rows])
    say = words.catalogue(language_of(request)).gettext
    make = partial(
        workbook,
        say(N_("Staff list")),
        [say(heading) for heading in forms.HEADINGS],
        [forms.excel_row(row, numbers, say) for row in rows],
        [16, 24, 26, 16, 14, 14, 20, 14],
    )
    return excel(make, "staff-list.xlsx")


@router.get("/new")
def ask_new(request: Request, reading: Reads) -> Response:
    """The form for one more person."""
    return page(request, "people/staff/new.html", _asking(request, reading))


@router.post("/new")
def add(request: Request, work: Writes, typed: Annotated[forms.TypedPerson, Form()]) -> Response:
    """Employ one person, or say field by field why not."""
    own, context = queries.own_organisation(work), _asking(request, work)
    expected = forms.expectations(own, queries.posts(work, own.id), shanghai_date(work.now))
    try:
        employment_id = actions.add_employment(work, line=forms.line_from(typed, expected))
    except Problem as problem:
        context |= {"typed": typed, "problem": _shown_at(problem, "id_number")}
        return page(request, "people/staff/new.html", context, status=422)
    return RedirectResponse(f"/staff/{employment_id}", 303)


@router.get("/posts")
def posts(request: Request, reading: Reads) -> Response:
    """The enterprise's posts and what each demands today."""
    return page(request, "people/staff/posts.html", _post_context(reading))


@router.post("/posts")
def add_post(request: Request, work: Writes, typed: Annotated[forms.TypedPost, Form()]) -> Response:
    """Add a post of a known kind."""
    context = _post_context(work)
    try:
        actions.add_post(work, **typed.meant())
    except Problem as problem:
        field = "post_name" if isinstance(problem, PostAlreadyThere | Invalid) else "kind"
        context |= {"typed": typed, "problem": _shown_at(problem, field)}
        return page(request, "people/staff/posts.html", context, status=422)
    return RedirectResponse("/staff/posts", 303)


@router.get("/{employment_id}")
def line(request: Request, reading: Reads, employment_id: UUID) -> Response:
    """One person's line and what may be done with it."""
    return page(request, LINE, _line(reading, employment_id))


@router.post("/{employment_id}/post")
def move(request: Request, work: Writes, employment_id: UUID, typed: Annotated[forms.TypedMove, Form()]) -> Response:
    """Give somebody another post."""
    context = _line(work, employment_id)
    try:
        actions.change_post(work, employment_id=employment_id, **typed.meant())
    except (Invalid, Refused) as problem:
        return page(request, LINE, context | {"typed": typed, "problem": problem}, status=422)
    return RedirectResponse(f"/staff/{employment_id}", 303)


@router.post("/{employment_id}/particulars")
def record(
    request: Request, work: Writes, employment_id: UUID, typed: Annotated[forms.TypedParticulars, Form()]
) -> Response:
    """Record insurance and whether somebody is a migrant worker."""
    context = _line(work, employment_id)
    try:
        insured, migrant = typed.meant()
        actions.record_insurance(work, employment_id=employment_id, injury_insurance=insured)
        actions.record_migrant_status(work, employment_id=employment_id, migrant_worker=migrant)
    except (Invalid, Refused) as problem:
        return page(request, LINE, context | {"typed": typed, "problem": problem}, status=422)
    return RedirectResponse(f"/staff/{employment_id}", 303)


@router.post("/{employment_id}/end")
def end(request: Request, work: Writes, employment_id: UUID, typed: Annotated[forms.TypedLeaving, Form()]) -> Response:
    """Close the line of somebody who left."""
    context = _line(work, employment_id)
    try:
        actions.end_employment(work, employment_id=employment_id, left_on=typed.last_day())
    except (Invalid, Refused) as problem:
        context |= {"typed": typed, "problem": _shown_at(problem, "left_on"), "is_leaving": True}
        return page(request, LINE, context, status=422)
    return RedirectResponse(f"/staff/{employment_id}", 303)


@router.post("/{employment_id}/sign-in")
def admit(request: Request, work: Writes, employment_id: UUID) -> Response:
    """Let somebody of the own staff sign in, or give them a new first password; either is shown once."""
    context = _line(work, employment_id)
    is_new = context["sign_in"].state is WorkersSignIn.NONE
    deed = appointments.admit_worker if is_new else appointments.renew_workers_password
    try:
        slip = deed(work, employment_id=employment_id)
    except Problem as problem:
        return page(request, LINE, context | {"problem": problem}, status=status_of(problem))
    address = workplace(request).settings.base_url
    return page(request, "people/staff/slip.html", {"slip": slip, "address": address, "employment_id": employment_id})


@router.get("/{employment_id}/photo")
def photo(request: Request, reading: Reads, employment_id: UUID) -> Response:
    """The identity photo of somebody who works here."""
    row = queries.own_staff_member(reading, employment_id)
    return files.photo(request, None if row.left_on else accounts.photo_file(reading, row.person_id))


@router.post("/{employment_id}/photo")
def keep(
    request: Request, work: Writes, employment_id: UUID, photo: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Keep the identity photo that goes onto admission ticket and certificate."""
    upload = photo.file.read(PICTURE_AT_MOST_BYTES + 1) if photo else b""
    try:
        drawn = identity_photo(upload)  # before the deed asks the database for anything
        appointments.keep_staff_photo(work, employment_id=employment_id, photo=drawn)
    except (Invalid, Refused) as problem:
        refused = _shown_at(problem, "photo")
        return page(request, LINE, _line(work, employment_id) | {"problem": refused}, status=422)
    return RedirectResponse(f"/staff/{employment_id}", 303)


def _line(reading: Reading, employment_id: UUID) -> dict[str, Any]:
    row = queries.own_staff_member(reading, employment_id)
    kind = vocabulary().post_kind(row.post_kind)
    today = shanghai_date(reading.now)
    return {
        "row": row,
        "number": queries.masked_numbers(reading, [row.person_id]).get(row.person_id, ""),
        "required": forms.required_by(kind, queries.own_organisation(reading), today),
        "today": today,
        "is_leaving": False,
        "sign_in": workers_sign_in(reading, row),
        "has_photo": accounts.has_photo(reading, row.person_id),
    } | _posts(reading)


def _asking(request: Request, reading: Reading) -> dict[str, object]:
    own, say = queries.own_organisation(reading), words.catalogue(language_of(request)).gettext
    return _posts(reading) | {"id_rule": forms.id_rule(own, shanghai_date(reading.now), say)}


def _posts(reading: Reading) -> dict[str, object]:
    own = queries.own_organisation(reading)
    return {"posts": queries.posts(reading, own.id), "standings": list(Standing)}


def _post_context(reading: Reading) -> dict[str, object]:
    own = queries.own_organisation(reading)
    kinds = vocabulary().post_kinds
    today = shanghai_date(reading.now)
    rows = [
        (post, kinds[post.kind], forms.required_by(kinds[post.kind], own, today))
        for post in queries.posts(reading, own.id)
    ]
    return {"rows": rows, "kinds": list(kinds.values())}


def _shown_at(problem: Problem, field: str) -> Problem:
    """A refusal about one field, at that field; a refusal that names its fields itself stays as it is."""
    return problem if isinstance(problem, Invalid) and problem.fields else Invalid({field: problem})
