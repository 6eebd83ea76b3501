"""First sign-ins for many workers at once: choose them, then cut the slips apart. They are shown once."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from kernel.clock import shanghai_date
from kernel.documents import installed
from kernel.errors import N_, Invalid, Problem, Refused
from kernel.work import Reading, Work
from people.access.rules import Permission
from people.appointments.actions import SignInSlip, admit_workers
from people.appointments.formats.slips import Slip, SlipWords, require_printable, slips_pdf
from people.appointments.queries import staff_without_account
from people.appointments.rules import MOST_SLIPS
from people.organisations import queries
from people.organisations.queries import StaffFilter
from web import words
from web.frame import printed
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.typed import Fields, an_id, readable, sought

router = APIRouter(prefix="/staff-sign-ins", dependencies=[needs(Permission.KEEP_STAFF)])
SLIP_LABELS = (N_("ID number"), N_("Address"), N_("User name"), N_("Password"))
SLIP_NOTE = N_("Good once, for 14 days. At the first sign-in you choose a password of your own.")
ASK = "people/staff_sign_ins/ask.html"


class TypedChoice(BaseModel):
    """Who was ticked, and by which button."""

    lines: list[str] = []
    shape: str = "page"

    def meant(self) -> set[UUID]:
        """Lines of the staff list. Raises Invalid."""
        with Fields(self) as read:
            lines = read.each("lines", an_id)
        return set(lines)


@router.get("")
def ask(request: Request, reading: Reads) -> Response:
    """Who has no account yet, all of them chosen to begin with."""
    return page(request, ASK, _context(request, reading))


@router.post("")
def make(
    request: Request,
    work: Writes,
    typed: Annotated[TypedChoice, Form()],
) -> Response:
    """Make the sign-ins and show their slips, this once: on a page, or as a PDF to cut apart."""
    context = _context(request, work) | {"chosen": typed.lines}
    try:
        slips = admit_workers(work, employment_ids=typed.meant())
    except (Invalid, Refused) as problem:
        return page(request, ASK, context | {"problem": _at_the_list(problem)}, status=status_of(problem))
    numbers = queries.masked_numbers(work, [slip.person_id for slip in slips])
    if typed.shape == "pdf":
        return _on_paper(request, work, slips, numbers)
    context = {"slips": slips, "numbers": numbers, "address": workplace(request).settings.base_url}
    return page(request, "people/staff_sign_ins/slips.html", context)


def _on_paper(request: Request, work: Work, made: Sequence[SignInSlip], numbers: Mapping[UUID, str]) -> Response:
    """The PDF. What cannot be printed undoes the sign-ins: nobody would ever read their passwords."""
    settings, language = workplace(request).settings, language_of(request)
    say = words.catalogue(language).gettext
    labels = [say(label) for label in SLIP_LABELS]
    slips = [Slip(one.name, tuple(zip(labels, _typed(one, numbers, settings.base_url), strict=True))) for one in made]
    around = SlipWords(title=say(N_("First sign-ins")), note=say(SLIP_NOTE), lang=language[:2])
    fonts = installed(settings.var)
    require_printable(slips, around, fonts)
    return printed.pdf(partial(slips_pdf, slips, around, fonts, day=shanghai_date(work.now)), "first-sign-ins.pdf")


def _typed(slip: SignInSlip, numbers: Mapping[UUID, str], address: str) -> tuple[str, ...]:
    return numbers.get(slip.person_id, ""), address, slip.username, slip.password


def _context(request: Request, reading: Reading) -> dict[str, object]:
    query = request.query_params
    own = queries.own_organisation(reading)
    wanted = StaffFilter(search=sought(query), post_id=readable(an_id, query.get("post", "")))
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


def _at_the_list(problem: Problem) -> Problem:
    return problem if isinstance(problem, Invalid) else Invalid({"lines": problem})
