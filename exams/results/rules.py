"""When a result holds together, how long a passed part counts, and until when a re-check may be asked for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NewType
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
from kernel.lasting import lasting

ResultId = NewType("ResultId", UUID)
SHORTEST_REASON = 4
FULL_MARKS = Decimal(100)
CORRECTIONS = lasting("exams.corrections")


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a re-check adds to the method of marking: questions, by their number on the paper, that count in full.

    It is how a question is made good that was faulty. A replay of the result adds the same.
    """

    granted: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the revision."""
        return CORRECTIONS.written({"granted": sorted(self.granted)})

    @classmethod
    def read(cls, kept: Mapping[str, Any] | None) -> "Corrections":
        """What `as_json` wrote; a first result has none. Raises FormatUnknown."""
        return cls() if kept is None else cls(frozenset(CORRECTIONS.read(kept)["granted"]))


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """A knowledge point below the pass share: `share` is given / available, 0 to 1."""

    point: str
    share: Decimal

    def as_json(self) -> dict[str, str]:
        """As it is kept with a result."""
        return {"point": self.point, "share": str(self.share)}


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
