"""The dated rules of certification, read from `certification/data/*.yaml`.

Every figure carries its source and how sure we are of it; a figure that nobody confirmed is shown as such and is never
written into code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from certification.programmes.errors import NoRuleInForce
from exams.standards.rules import Confidence, Figure, Part
from kernel.lasting import lasting

DATA = Path(__file__).resolve().parent.parent / "data"
LAYOUT = lasting("certification.dated_rules")


class Dated(Protocol):
    """A rule for some positions from one day until another (both included; None = no end known)."""

    @property
    def positions(self) -> frozenset[str]: ...
    @property
    def begins(self) -> date: ...
    @property
    def ends(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def in_force(rules: Iterable[D], position: str, day: date) -> D:
    """The one rule of `rules` for `position` on `day`.

    Raises:
        NoRuleInForce: when none covers that day.
    """
    for rule in rules:
        if position in rule.positions and rule.begins <= day and (rule.ends is None or day <= rule.ends):
            return rule
    raise NoRuleInForce(day=day)


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The review (复审) of a card while it runs, as order 30 had it."""

    every_years: Figure[int]
    notice_days: Figure[int]
    missed_voids: Figure[bool]
    abolished_from: Figure[date]


@dataclass(frozen=True, slots=True)
class ValidityRegime:
    """How long a certificate issued between `begins` and `ends` is valid."""

    code: str
    name: Mapping[str, str]
    positions: frozenset[str]
    begins: date
    ends: date | None
    validity_years: Figure[int]
    last_day: Figure[str]
    renewal_notice_days: Figure[int]
    renewal_apply_by_days: Figure[int]
    review: ReviewRule | None


@dataclass(frozen=True, slots=True)
class Programme:
    """The parts to be passed for a certificate, and for how many months a passed part counts."""

    code: str
    positions: frozenset[str]
    begins: date
    ends: date | None
    parts: Figure[tuple[Part, ...]]
    part_valid_months: Figure[int]


@dataclass(frozen=True, slots=True)
class Ban:
    """For how many years a revocation on `ground` bars a new application; 0 = no bar is known."""

    ground: str
    years: int
    source: str
    confidence: Confidence


def load_data(name: str) -> dict[str, Any]:
    """One file of dated rules, as written."""
    raw: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return dict(LAYOUT.read(raw))


def _review(raw: Mapping[str, Any] | None) -> ReviewRule | None:
    if raw is None:
        return None
    return ReviewRule(**{key: Figure.read(value) for key, value in raw.items()})


@lru_cache
def validity_regimes() -> tuple[ValidityRegime, ...]:
    """All regimes of validity, old ones included: certificates issued under them are still in circulation."""
    return tuple(
        ValidityRegime(
            code=raw["code"],
            name=raw["name"],
            positions=frozenset(raw["positions"]),
            begins=raw["from"],
            ends=raw["until"],
            validity_years=Figure.read(raw["validity_years"]),
            last_day=Figure.read(raw["last_day"]),
            renewal_notice_days=Figure.read(raw["renewal_notice_days"]),
            renewal_apply_by_days=Figure.read(raw["renewal_apply_by_days"]),
            review=_review(raw["review"]),
        )
        for raw in load_data("validity.yaml")["regimes"]
    )


def regime_called(code: str) -> ValidityRegime:
    """The regime with this code; a certificate remembers the code of the one it was issued under."""
    return next(regime for regime in validity_regimes() if regime.code == code)


@lru_cache
def programmes() -> tuple[Programme, ...]:
    """All programmes, by position and date."""
    return tuple(
        Programme(
            code=raw["code"],
            positions=frozenset(raw["positions"]),
            begins=raw["from"],
            ends=raw["until"],
            parts=Figure(
                tuple(Part(part) for part in raw["parts"]["value"]),
                raw["parts"]["source"],
                Confidence(raw["parts"]["confidence"]),
            ),
            part_valid_months=Figure.read(raw["part_valid_months"]),
        )
        for raw in load_data("programmes.yaml")["programmes"]
    )


@lru_cache
def bans() -> Mapping[str, Ban]:
    """The grounds of revocation and the bar on a new application that follows from each."""
    return {
        raw["ground"]: Ban(raw["ground"], raw["years"], raw["source"], Confidence(raw["confidence"]))
        for raw in load_data("validity.yaml")["bans"]
    }


def plus_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February, so that nobody gains a day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
