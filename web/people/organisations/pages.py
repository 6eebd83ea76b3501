"""The organisations that take part: without them nobody can be given a role. Their posts are their own affair."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, StringConstraints
from starlette.responses import RedirectResponse

from kernel.errors import N_, Invalid, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.organisations import actions, queries
from people.organisations.rules.employments import OrganisationKind
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.people.said import KIND_NAMES, region_names, region_options
from web.typed import page_number, sought

router = APIRouter(prefix="/organisations", dependencies=[needs(Permission.REGISTER_ORGANISATIONS)])
Short = Annotated[str, StringConstraints(max_length=200)]


class ChooseAKind(Problem):
    sentence = N_("Choose what kind of organisation it is.")


class TypedOrganisation(BaseModel):
    kind: Short = ""
    name: Short = ""
    credit_code: Short = ""
    region: Short = ""
    trade: Short = ""

    def chosen_kind(self) -> OrganisationKind:
        """Raises Invalid."""
        try:
            return OrganisationKind(self.kind)
        except ValueError:
            raise Invalid({"kind": ChooseAKind()}) from None


@router.get("")
def organisations(request: Request, reading: Reads) -> Response:
    """All of them, and the form of one more."""
    return page(request, "people/organisations/organisations.html", _context(request, reading))


@router.post("")
def add(request: Request, work: Writes, typed: Annotated[TypedOrganisation, Form()]) -> Response:
    """Register one, or say field by field why not."""
    context = _context(request, work)
    try:
        actions.register_organisation(
            work,
            kind=typed.chosen_kind(),
            name=typed.name,
            credit_code=typed.credit_code,
            region=typed.region or None,
            trade=typed.trade.strip() or None,
            is_demonstration=workplace(request).settings.demonstration,
        )
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
