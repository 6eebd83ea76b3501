"""Which questions are made good, and whether a result changes by it. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from exams.rechecks.errors import NothingToRevise, NotNumbers
from exams.results.rules import WeakPoint

BETWEEN = re.compile(r"[\s,，、;；]+")
LONGEST = 4  # digits of a question's number


@dataclass(frozen=True, slots=True)
class MarkedAgain:
    """What an exam comes to when it is marked again, and by which method."""

    score: Decimal
    passed: bool
    cancelled: bool
    weak_points: tuple[WeakPoint, ...]
    method: int

    @property
    def said(self) -> tuple[Decimal, bool, bool]:
        """What a candidate is told of it."""
        return self.score, self.passed, self.cancelled


def question_numbers(typed: str) -> frozenset[int]:
    """Numbers with commas or spaces between them; none is fine. Raises NotNumbers."""
    parts = [part for part in BETWEEN.split(typed.strip()) if part]
    if not all(part.isascii() and part.isdigit() and len(part) <= LONGEST for part in parts):
        raise NotNumbers({"numbers": NotNumbers()})
    return frozenset(int(part) for part in parts)


def require_change(before: tuple[Decimal, bool, bool], again: MarkedAgain, *, others: int = 0) -> None:
    """Raises NothingToRevise where the candidate would read the same as before, and each of the others as well."""
    if before == again.said and not others:
        raise NothingToRevise
