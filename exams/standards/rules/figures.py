"""The rule that a decision rests on, and months as rules count them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.law import Confidence
from kernel.names import Names

MONTHS = 12


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
            "name": self.name.as_json(),
            "clause": self.clause.as_json(),
            "confidence": self.confidence.value,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Quote":
        return cls(
            fields["regime"],
            Names.read(fields["name"]),
            Names.read(fields["clause"]),
            Confidence(fields["confidence"]),
        )


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
