"""First sign-ins for many workers at once: choose them, then cut the slips apart. They are shown once."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from kernel.errors import Invalid, Problem, Refused
from kernel.work import Reading
from people.access.rules import Permission
from people.appointments.actions import admit_workers
from people.appointments.queries import staff_without_account
from people.appointments.rules import MOST_SLIPS
from people.organisations import queries
from people.organisations.errors import EmploymentUnknown
from people.organisations.queries import StaffFilter
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace

router = APIRouter(prefix="/staff-sign-ins", dependencies=[needs(Permission.KEEP_STAFF)])
ASK = "people/staff_sign_ins/ask.html"


@router.get("")
def ask(request: Request, reading: Reads) -> Response:
    """Who has no account yet, all of them chosen to begin with."""
    return page(request, ASK, _context(request, reading))


@router.post("")
def make(request: Request, work: Writes, lines: Annotated[list[str], Form()] = []) -> Response:  # noqa: B006 - FastAPI copies
    """Make the sign-ins and show their slips, this once."""
    context = _context(request, work) | {"chosen": lines}
    try:
        slips = admit_workers(work, employment_ids={_id(each) for each in lines})
    except (Invalid, Refused) as problem:
        return page(request, ASK, context | {"problem": _at_the_list(problem)}, status=status_of(problem))
    numbers = queries.masked_numbers(work, [slip.person_id for slip in slips])
    context = {"slips": slips, "numbers": numbers, "address": workplace(request).settings.base_url}
    return page(request, "people/staff_sign_ins/slips.html", context)


def _context(request: Request, reading: Reading) -> dict[str, object]:
    query = request.query_params
    own = queries.own_organisation(reading)
    wanted = StaffFilter(search=query.get("q", "")[:100].replace("\0", ""), post_id=_post(query.get("post", "")))
    rows = staff_without_account(reading, wanted)
    return {
        "own": own,
        "rows": rows[:MOST_SLIPS],
        "total": len(rows),
        "numbers": queries.masked_numbers(reading, [row.person_id for row in rows[:MOST_SLIPS]]),
        "posts": queries.posts(reading, own.id),
        "filters": query,
        "chosen": None,
    }


def _id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise EmploymentUnknown from None


def _post(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _at_the_list(problem: Problem) -> Problem:
    return problem if isinstance(problem, Invalid) else Invalid({"lines": problem})
