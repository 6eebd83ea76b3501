"""When a bar holds, and when it may be set or lifted. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from exams.bars.errors import (
    SAY_WHY_BARRED,
    SAY_WHY_LIFTED,
    BarEndsBeforeItBegins,
    BarIsLifted,
    BarIsOver,
    BarTooLong,
)
from kernel.because import Because, because

BarId = NewType("BarId", UUID)

# A guard against a mistyped year, not a rule of law: the longest length that any source names is three years.
YEARS_AT_MOST: Final = 10


class Ground(StrEnum):
    """What a bar was set for."""

    CERTIFICATE_FRAUD = "certificate_fraud"
    EXAM_BREACH = "exam_breach"
    OTHER = "other"


# The point of a regime that a bar on this ground rests on. How long cheating in an exam bars is not uniform, so no
# article is quoted for it; the reason names the decision.
POINTS: Final[dict[Ground, str]] = {Ground.CERTIFICATE_FRAUD: "barred_after_fraud_months"}


class BarState(StrEnum):
    HOLDS = "holds"
    OVER = "over"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Held:
    """What decides about a bar: its last day (included) and whether it was lifted."""

    until: date
    is_lifted: bool

    def state(self, today: date) -> BarState:
        if self.is_lifted:
            return BarState.LIFTED
        return BarState.HOLDS if today <= self.until else BarState.OVER


def require_settable(*, until: date, reason: str, today: date) -> Because:
    """The reason, trimmed. Raises ReasonMissing, BarEndsBeforeItBegins, BarTooLong; each at its field."""
    said = because(reason, SAY_WHY_BARRED)
    if until <= today:
        raise BarEndsBeforeItBegins(fields={"until": BarEndsBeforeItBegins()})
    if until > today + timedelta(days=366 * YEARS_AT_MOST):
        raise BarTooLong(fields={"until": BarTooLong(years=YEARS_AT_MOST)}, years=YEARS_AT_MOST)
    return said


def require_liftable(held: Held, *, reason: str, today: date) -> Because:
    """The reason, trimmed. Raises BarIsLifted, BarIsOver, ReasonMissing."""
    state = held.state(today)
    if state is BarState.LIFTED:
        raise BarIsLifted
    if state is BarState.OVER:
        raise BarIsOver(until=held.until)
    return because(reason, SAY_WHY_LIFTED)
