"""Ages on a day: full years, and statutory retirement as it rises step by step from 2025."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from exams.standards.rules.figures import MONTHS, plus_months
from kernel.law import confidence


@dataclass(frozen=True, slots=True)
class RetirementTrack:
    """A base age, and one month more for every `months_each` months of birth from `since` on, up to a last age."""

    base_years: int
    since: date
    months_each: int
    at_most_years: int

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "RetirementTrack":
        """One entry of `retirement` in `exams/data/regimes.yaml`."""
        confidence(raw)
        return cls(raw["base_years"], raw["since"], raw["months_each"], raw["at_most_years"])


def age_on(born: date, day: date) -> int:
    """Full years on `day`. A year is full on the birthday itself; 29 February fills on 1 March of a short year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def retires_on(born: date, track: RetirementTrack) -> date:
    """The day on which somebody born on `born` reaches statutory retirement."""
    months = track.base_years * MONTHS
    if born >= track.since:
        later = (born.year - track.since.year) * MONTHS + born.month - track.since.month
        most = (track.at_most_years - track.base_years) * MONTHS
        months += min(later // track.months_each + 1, most)
    return plus_months(born, months)
