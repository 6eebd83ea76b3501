"""The organisations that take part: without them nobody can be given a role. Their posts are their own affair."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from kernel.errors import N_, Invalid, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.organisations import actions, queries
from people.organisations.rules.credit_codes import parse_credit_code
from people.organisations.rules.employments import OrganisationKind, organisation_name
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.people.said import KIND_NAMES, region_names, region_options
from web.typed import Fields, a_line, if_any, one_of, page_number, readable, sought

router = APIRouter(prefix="/organisations", dependencies=[needs(Permission.REGISTER_ORGANISATIONS)])


class ChooseAKind(Problem):
    sentence = N_("Choose what kind of organisation it is.")


class TypedOrganisation(BaseModel):
    kind: str = ""
    name: str = ""
    credit_code: str = ""
    region: str = ""
    trade: str = ""

    def meant(self, *, demonstration: bool) -> dict[str, Any]:
        """The arguments of `register_organisation` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            kind, name = read("kind", _a_kind), read("name", organisation_name)
            code = read("credit_code", lambda text: parse_credit_code(text, demonstration=demonstration).text)
            region, trade = read("region", if_any(a_line)), read("trade", if_any(a_line))
        return {"kind": kind, "name": name, "credit_code": code, "region": region, "trade": trade}


def _a_kind(typed: str) -> OrganisationKind:
    kind = readable(one_of(OrganisationKind), typed)
    if kind is None:
        raise ChooseAKind
    return kind


@router.get("")
def organisations(request: Request, reading: Reads) -> Response:
    """All of them, and the form of one more."""
    return page(request, "people/organisations/organisations.html", _context(request, reading))


@router.post("")
def add(request: Request, work: Writes, typed: Annotated[TypedOrganisation, Form()]) -> Response:
    """Register one, or say field by field why not."""
    context = _context(request, work)
    demonstration = workplace(request).settings.demonstration
    try:
        actions.register_organisation(work, **typed.meant(demonstration=demonstration), is_demonstration=demonstration)
    except Problem as problem:
        shown = problem if isinstance(problem, Invalid) and problem.fields else Invalid({"credit_code": problem})
        context |= {"typed": typed, "problem": shown}
        return page(request, "people/organisations/organisations.html", context, status=status_of(shown))
    return RedirectResponse("/organisations", 303)


def _context(request: Request, reading: Reading) -> dict[str, Any]:
    query = request.query_params
    search = sought(query)
    found = queries.organisations_found(reading, search, page=page_number(query))
    return {
        "found": found,
        "search": search,
        "kind_names": KIND_NAMES,
        "regions": region_options(request, reading),
        "region_names": region_names(request, reading, {row.region for row in found.rows}),
    }
