"""Bars from exams: who, until when, why; set and lifted by the exam office."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, StringConstraints
from starlette.responses import RedirectResponse

from exams.bars import actions, queries
from exams.bars.rules import BarState, Ground
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.errors import N_, Invalid, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.organisations.queries import masked_numbers
from web.exams.said import CONFIDENCE_WORDS
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes

router = APIRouter(prefix="/exam-bars", dependencies=[needs(Permission.KEEP_BARS)])
Short = Annotated[str, StringConstraints(max_length=200)]
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


class NotInTheList(Problem):
    sentence = N_("Choose one of the list.")


class NotADay(Problem):
    sentence = N_("Type the day as 2026-05-31.")


class TypedBar(BaseModel):
    person: Short = ""
    ground: Short = ""
    until: Short = ""
    reason: Annotated[str, StringConstraints(max_length=500)] = ""

    def person_id(self) -> UUID:
        """Raises Invalid."""
        try:
            return UUID(self.person)
        except ValueError:
            raise Invalid({"person": NotInTheList()}) from None

    def on_ground(self) -> Ground:
        """Raises Invalid."""
        try:
            return Ground(self.ground)
        except ValueError:
            raise Invalid({"ground": NotInTheList()}) from None

    def last_day(self) -> date:
        """Raises Invalid."""
        try:
            return date.fromisoformat(self.until.strip())
        except ValueError:
            raise Invalid({"until": NotADay()}) from None


@router.get("")
def bars(request: Request, reading: Reads) -> Response:
    """All bars, page by page, the newest first."""
    typed = request.query_params.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1  # noqa: PLR2004 - a million
    return page(request, BARS, {"found": queries.bars(reading, page=number), "state_names": STATE_NAMES})


@router.get("/new")
def ask(request: Request, reading: Reads, q: str = "") -> Response:
    """Whom to bar, until when, why."""
    return page(request, NEW, _asking(reading, q))


@router.post("/new")
def add(request: Request, work: Writes, typed: Annotated[TypedBar, Form()], q: str = "") -> Response:
    """Bar somebody, or say field by field why not."""
    context = _asking(work, q)
    try:
        actions.bar_person(
            work,
            person_id=typed.person_id(),
            ground=typed.on_ground(),
            until=typed.last_day(),
            reason=typed.reason,
        )
    except Problem as problem:
        return page(request, NEW, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse("/exam-bars", 303)


@router.get("/{bar_id}")
def bar(request: Request, reading: Reads, bar_id: UUID) -> Response:
    """One bar and its history."""
    return page(request, BAR, _bar(reading, bar_id))


@router.post("/{bar_id}/lift")
def lift(request: Request, work: Writes, bar_id: UUID, reason: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Lift a bar, with a reason."""
    context = _bar(work, bar_id)
    try:
        actions.lift_bar(work, bar_id=bar_id, reason=reason)
    except Problem as problem:
        context |= {"typed": {"reason": reason}, "problem": problem}
        return page(request, BAR, context, status=status_of(problem))
    return RedirectResponse(f"/exam-bars/{bar_id}", 303)


def _asking(reading: Reading, name: str) -> dict[str, Any]:
    name = name.strip()[:100].replace("\0", "")
    found = accounts.people_named(reading, name) if name else []
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
