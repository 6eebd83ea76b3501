"""Bars from exams: who, until when, why; set and lifted by the exam office."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from exams.bars import actions, queries
from exams.bars.rules import BarState, Ground
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.errors import N_, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.appointments.queries import those_within
from people.organisations.queries import masked_numbers
from web.exams.said import CONFIDENCE_WORDS
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.typed import Fields, ReasonForm, a_day, a_remark, an_id, one_of, page_number

router = APIRouter(prefix="/exam-bars", dependencies=[needs(Permission.KEEP_BARS)])
BARS = "exams/exam_bars/bars.html"
BAR = "exams/exam_bars/bar.html"
NEW = "exams/exam_bars/new.html"

STATE_NAMES = {
    BarState.HOLDS: ("danger", N_("Barred")),
    BarState.OVER: ("neutral", N_("Over")),
    BarState.LIFTED: ("info", N_("Lifted")),
}


GROUND_NAMES = {
    Ground.CERTIFICATE_FRAUD: N_("A certificate got by fraud or bribery, or with false data"),
    Ground.EXAM_BREACH: N_("A breach of the exam rules"),
    Ground.OTHER: N_("Something else"),
}


class TypedBar(BaseModel):
    person: str = ""
    ground: str = ""
    until: str = ""
    reason: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `bar_person`. Raises Invalid by field."""
        with Fields(self) as read:
            person_id, ground = read("person", an_id), read("ground", one_of(Ground))
            until, reason = read("until", a_day), read("reason", a_remark)
        return {"person_id": person_id, "ground": ground, "until": until, "reason": reason}


@router.get("")
def bars(request: Request, reading: Reads) -> Response:
    """All bars, page by page, the newest first."""
    return page(
        request,
        BARS,
        {"found": queries.bars(reading, page=page_number(request.query_params)), "state_names": STATE_NAMES},
    )


@router.get("/new")
def ask(request: Request, reading: Reads, q: str = "") -> Response:
    """Whom to bar, until when, why."""
    return page(request, NEW, _asking(reading, q))


@router.post("/new")
def add(request: Request, work: Writes, typed: Annotated[TypedBar, Form()], q: str = "") -> Response:
    """Bar somebody, or say field by field why not."""
    context = _asking(work, q)
    try:
        actions.bar_person(work, **typed.meant())
    except Problem as problem:
        return page(request, NEW, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse("/exam-bars", 303)


@router.get("/{bar_id}")
def bar(request: Request, reading: Reads, bar_id: UUID) -> Response:
    """One bar and its history."""
    return page(request, BAR, _bar(reading, bar_id))


@router.post("/{bar_id}/lift")
def lift(request: Request, work: Writes, bar_id: UUID, typed: ReasonForm) -> Response:
    """Lift a bar, with a reason."""
    context = _bar(work, bar_id)
    try:
        actions.lift_bar(work, bar_id=bar_id, reason=typed.said())
    except Problem as problem:
        context |= {"typed": typed, "problem": problem}
        return page(request, BAR, context, status=status_of(problem))
    return RedirectResponse(f"/exam-bars/{bar_id}", 303)


def _asking(reading: Reading, name: str) -> dict[str, Any]:
    name = name.strip()[:100].replace("\0", "")
    named = accounts.people_named(reading, name) if name else []
    here = those_within(reading, [person.id for person in named])
    found = [person for person in named if person.id in here]
    numbers = masked_numbers(reading, [person.id for person in found])
    today = shanghai_date(reading.now)
    return {
        "name": name,
        "found": [(person.id, person.name, numbers.get(person.id, "")) for person in found],
        "ground_names": GROUND_NAMES,
        # What each regime of today names for a certificate got by fraud, with how sure that is.
        "lengths": [
            (regime.quote("barred_after_fraud_months"), regime.barred_after_fraud_months)
            for regime in standards.regimes()
            if regime.is_in_force(today)
        ],
        "confidence_words": CONFIDENCE_WORDS,
    }


def _bar(reading: Reading, bar_id: UUID) -> dict[str, Any]:
    row = queries.bar(reading, bar_id)
    return {
        "row": row,
        "number": masked_numbers(reading, [row.person_id]).get(row.person_id, ""),
        "state_names": STATE_NAMES,
        "ground_names": GROUND_NAMES,
    }
