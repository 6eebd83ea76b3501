"""When a result holds together, how long a passed part counts, and until when a re-check may be asked for. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NewType
from uuid import UUID

from exams.results.errors import (
    SAY_WHAT_TO_LOOK_AT,
    SAY_WHAT_WAS_FOUND,
    RecheckTooLate,
    ResultContradictsItself,
    ResultOutOfRange,
)
from exams.standards.rules import plus_months
from kernel.because import Because, because

ResultId = NewType("ResultId", UUID)
SHORTEST_REASON = 4
FULL_MARKS = Decimal(100)


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """A knowledge point below the pass share: `share` is given / available, 0 to 1."""

    point: str
    share: Decimal


def require_coherent(*, score: Decimal, pass_mark: Decimal, passed: bool) -> None:
    """A pass reaches the mark; a fail may too, where a veto item decided.

    Raises:
        ResultOutOfRange, ResultContradictsItself.
    """
    if not Decimal(0) <= score <= FULL_MARKS:
        raise ResultOutOfRange(most=FULL_MARKS)
    if passed and score < pass_mark:
        raise ResultContradictsItself(score=score, pass_mark=pass_mark)


def counts_until(taken_on: date, months: int, *, passed: bool) -> date | None:
    """The last day on which a passed part counts; None for one that was not passed."""
    return plus_months(taken_on, months) if passed else None


def recheck_until(released_on: date, days: int) -> date:
    """The last day on which a re-check may be asked for."""
    return released_on + timedelta(days=days)


def require_recheck(*, released_on: date, today: date, days: int, reason: str) -> Because:
    """The reason, trimmed. Raises RecheckTooLate, ReasonMissing."""
    until = recheck_until(released_on, days)
    if today > until:
        raise RecheckTooLate(until=until)
    return because(reason, SAY_WHAT_TO_LOOK_AT, least=SHORTEST_REASON)


def require_answer(note: str) -> Because:
    """The answer, trimmed. Raises ReasonMissing."""
    return because(note, SAY_WHAT_WAS_FOUND, least=SHORTEST_REASON, field="note")
