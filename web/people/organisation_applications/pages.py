"""Where an officer compares what an organisation says with its licence, and admits or refuses it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from kernel.errors import N_, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.admissions import queries
from people.admissions.actions import deciding
from people.admissions.rules.applications import ApplicationState
from people.codes.rules import masked
from people.organisations.queries import organisation_with_code
from web.frame import files
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.people.said import KIND_NAMES, region_names
from web.typed import ReasonForm, chosen, page_number

router = APIRouter(prefix="/organisation-applications", dependencies=[needs(Permission.REGISTER_ORGANISATIONS)])
ALL, ONE = (f"people/organisation_applications/{name}.html" for name in ("all", "one"))
STATES = {
    ApplicationState.HANDED_IN: (N_("To be decided"), "soon"),
    ApplicationState.ADMITTED: (N_("Admitted"), "ok"),
    ApplicationState.REFUSED: (N_("Not admitted"), "danger"),
}


@router.get("")
def all_of_them(request: Request, reading: Reads) -> Response:
    """Those of the officer's region, the one that waits longest first."""
    query = request.query_params
    state = chosen(ApplicationState, query, "state") or ApplicationState.HANDED_IN
    found = queries.applications(reading, state, page=page_number(query))
    names = region_names(request, reading, {row.region for row in found.rows})
    context = {"found": found, "state": state, "states": STATES, "kind_names": KIND_NAMES, "region_names": names}
    return page(request, ALL, context)


@router.get("/{applied_id}")
def one(request: Request, reading: Reads, applied_id: UUID) -> Response:
    """What it says beside its licence, and who else has this credit code."""
    return page(request, ONE, _one(request, reading, applied_id))


@router.get("/{applied_id}/licence")
def licence(request: Request, reading: Reads, applied_id: UUID) -> Response:
    """The picture of the licence."""
    return files.photo(request, queries.licence(reading, applied_id))


@router.post("/{applied_id}/admit")
def admit(request: Request, work: Writes, applied_id: UUID) -> Response:
    """Register it and have its first sign-in sent."""
    context = _one(request, work, applied_id)
    try:
        deciding.admit_organisation(work, applied_id, demonstration=workplace(request).settings.demonstration)
    except Problem as problem:
        return page(request, ONE, context | {"problem": problem}, status=status_of(problem))
    return RedirectResponse(f"/organisation-applications/{applied_id}", 303)


@router.post("/{applied_id}/refuse")
def refuse(request: Request, work: Writes, applied_id: UUID, typed: ReasonForm) -> Response:
    """Refuse it, with a reason that whoever applied reads."""
    context = _one(request, work, applied_id)
    try:
        deciding.refuse_organisation(work, applied_id, reason=typed.said())
    except Problem as problem:
        return page(request, ONE, context | {"problem": problem, "reason": typed}, status=status_of(problem))
    return RedirectResponse(f"/organisation-applications/{applied_id}", 303)


def _one(request: Request, reading: Reading, applied_id: UUID) -> dict[str, Any]:
    row = queries.application(reading, applied_id)
    return {
        "row": row,
        "states": STATES,
        "kind_names": KIND_NAMES,
        "region": region_names(request, reading, {row.region}).get(row.region, row.region),
        "phone": masked(row.phone),
        "registered": organisation_with_code(reading, row.credit_code),
        "others": queries.of_same_code(reading, row),
        "has_licence": queries.licence(reading, applied_id) is not None,
        "reason": None,
    }
