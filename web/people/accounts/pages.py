"""The administrator's desk: who may sign in as what. A password is shown once, in the answer to its deed."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from kernel.clock import shanghai_date
from kernel.errors import N_, Invalid, NotFound, Problem
from kernel.sheets import workbook
from kernel.work import Reading, Work
from people.access.rules import ROLE_NAMES, Permission, Role
from people.accounts import queries as people
from people.accounts.actions import register_person
from people.accounts.formats import PICTURE_AT_MOST_BYTES, identity_photo
from people.appointments import actions, queries
from people.appointments.actions import SignInSlip
from people.organisations.queries import all_organisations, masked_numbers
from web import words
from web.frame import files
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.people.accounts import forms
from web.people.said import DOCUMENT_NAMES, KIND_NAMES, region_options
from web.typed import ReasonForm, page_number

router = APIRouter(prefix="/accounts", dependencies=[needs(Permission.OPEN_ACCOUNTS)])

ACCOUNT = "people/accounts/account.html"
NEW = "people/accounts/new.html"
SLIP = "people/accounts/slip.html"


@router.get("")
def accounts(request: Request, reading: Reads) -> Response:
    """The accounts that the filters in the address leave, page by page."""
    query = request.query_params
    found = queries.accounts(reading, forms.filter_from(query), page=page_number(query))
    return page(request, "people/accounts/accounts.html", _words() | {"found": found, "typed": query})


@router.get("/list.xlsx")
def download(request: Request, reading: Reads) -> Response:
    """The same accounts as the list with the same filters shows, on all its pages."""
    language = language_of(request)
    say = words.catalogue(language).gettext
    rows = queries.all_accounts(reading, forms.filter_from(request.query_params))
    make = partial(
        workbook,
        say(N_("Accounts")),
        [say(heading) for heading in forms.HEADINGS],
        [forms.excel_row(row, say, language) for row in rows],
        [18, 18, 30, 30, 18, 18],
    )
    return excel(make, "accounts.xlsx")


@router.get("/new")
def ask_new(request: Request, reading: Reads) -> Response:
    """The form of a new account."""
    return page(request, NEW, _choices(request, reading))


@router.post("/new")
def add(request: Request, work: Writes, typed: Annotated[forms.TypedAccount, Form()]) -> Response:
    """Open the account and show its first password once, or say field by field why not."""
    choices = _choices(request, work)
    try:
        slip = _appoint(request, work, typed)
    except Problem as problem:
        context = choices | {"typed": typed, "problem": problem}
        return page(request, NEW, context, status=status_of(problem))
    return _slip(request, slip)


def _appoint(request: Request, work: Work, typed: forms.TypedAccount) -> SignInSlip:
    demonstration = workplace(request).settings.demonstration
    who = typed.identity(shanghai_date(work.now), demonstration=demonstration)
    appointed = typed.meant()  # all is read before anything is done
    person_id = register_person(
        work,
        name=who.name,
        document_kind=who.document_kind,
        document_number=who.document_number,
        sex=who.sex,
        birth_date=who.birth_date,
        phone=who.phone,
    )
    return actions.appoint(
        work,
        person_id=person_id,
        username=typed.username,
        **appointed,
    )


@router.get("/{account_id}")
def account(request: Request, reading: Reads, account_id: UUID) -> Response:
    """One account and what may be done with it."""
    return page(request, ACCOUNT, _account(request, reading, account_id))


@router.post("/{account_id}/roles")
def change(request: Request, work: Writes, account_id: UUID, typed: Annotated[forms.TypedRoles, Form()]) -> Response:
    """Give and take roles."""
    context = _account(request, work, account_id)
    try:
        actions.change_roles(work, account_id=account_id, **typed.meant())
    except Problem as problem:
        return page(request, ACCOUNT, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/accounts/{account_id}", 303)


@router.post("/{account_id}/close")
def close(request: Request, work: Writes, account_id: UUID, typed: ReasonForm) -> Response:
    """Close the account, with a reason."""
    context = _account(request, work, account_id)
    try:
        actions.close_account(work, account_id=account_id, reason=typed.said())
    except Problem as problem:
        context |= {"problem": problem, "reason": typed}
        return page(request, ACCOUNT, context, status=status_of(problem))
    return RedirectResponse(f"/accounts/{account_id}", 303)


@router.post("/{account_id}/sessions/end")
def end_sessions(work: Writes, account_id: UUID) -> Response:
    """End every sign-in of the account."""
    actions.end_sessions(work, account_id=account_id)
    return RedirectResponse(f"/accounts/{account_id}", 303)


@router.get("/{account_id}/photo")
def photo(request: Request, reading: Reads, account_id: UUID) -> Response:
    """The identity photo of the account's holder."""
    return files.photo(request, people.photo_file(reading, queries.account(reading, account_id).person_id))


@router.post("/{account_id}/photo")
def keep(
    request: Request, work: Writes, account_id: UUID, photo: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Keep another photo, where the enterprise may not because others rely on it too."""
    upload = photo.file.read(PICTURE_AT_MOST_BYTES + 1) if photo else b""
    try:
        drawn = identity_photo(upload)  # before the deed asks the database for anything
        actions.keep_holders_photo(work, account_id=account_id, photo=drawn)
    except Invalid as problem:
        context = _account(request, work, account_id) | {"problem": Invalid({"photo": problem})}
        return page(request, ACCOUNT, context, status=422)
    return RedirectResponse(f"/accounts/{account_id}", 303)


@router.post("/{account_id}/{deed}")
def give_password(request: Request, work: Writes, account_id: UUID, deed: str) -> Response:
    """A new first password, shown once: for an account in use (`password`) or a closed one (`reopen`)."""
    deeds = {"password": actions.reset_password, "reopen": actions.reopen_account}
    if deed not in deeds:
        raise NotFound
    context = _account(request, work, account_id)
    try:
        slip = deeds[deed](work, account_id=account_id)
    except Problem as problem:
        return page(request, ACCOUNT, context | {"problem": problem}, status=status_of(problem))
    return _slip(request, slip)


def _slip(request: Request, slip: SignInSlip) -> Response:
    return page(request, SLIP, {"slip": slip, "address": workplace(request).settings.base_url})


def _account(request: Request, reading: Reading, account_id: UUID) -> dict[str, Any]:
    row = queries.account(reading, account_id)
    return _choices(request, reading) | {
        "row": row,
        "number": masked_numbers(reading, [row.person_id]).get(row.person_id, ""),
        "has_photo": people.has_photo(reading, row.person_id),
        "reason": None,
    }


def _choices(request: Request, reading: Reading) -> dict[str, Any]:
    return _words() | {
        "roles": list(Role),
        "organisations": all_organisations(reading),
        "regions": region_options(request, reading),
        "first_region": N_("The whole installation") if reading.actor.scope.is_everywhere else N_("None"),
    }


def _words() -> dict[str, Any]:
    return {
        "role_names": ROLE_NAMES,
        "kind_names": KIND_NAMES,
        "state_names": forms.STATE_NAMES,
        "document_names": DOCUMENT_NAMES,
    }
