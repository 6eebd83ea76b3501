"""A value of a rule, with where it comes from and how sure we are of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Names = Mapping[str, str]  # {"zh": …, "en": …}
MONTHS = 12


class Confidence(StrEnum):
    """How sure we are: read in a source, in a copy of one, general knowledge, a choice of this platform."""

    READ = "S"
    SECONDARY = "S~"
    KNOWN = "K"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A value of a rule; `source` names the text it comes from, for whoever checks it."""

    value: T
    source: str
    confidence: Confidence

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Figure[Any]":
        return cls(raw["value"], raw["source"], Confidence(raw["confidence"]))


@dataclass(frozen=True, slots=True)
class Quote:
    """The rule that a decision rests on, as it is shown to the person: instrument, clause, and how sure we are."""

    regime: str
    name: Names
    clause: Names
    confidence: Confidence

    def as_json(self) -> dict[str, Any]:
        return {
            "regime": self.regime,
            "name": dict(self.name),
            "clause": dict(self.clause),
            "confidence": self.confidence.value,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Quote":
        return cls(fields["regime"], fields["name"], fields["clause"], Confidence(fields["confidence"]))


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    total = day.month - 1 + months
    year, month = day.year + total // MONTHS, total % MONTHS + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)
