"""The dated rules of certification: what a certificate takes, how long it is valid, how long somebody is barred.

Every figure carries its source and how sure we are of it; a figure that nobody confirmed is shown as such and is never
written into code. The files are read by `queries`, and whoever decides by a rule is handed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from certification.programmes.errors import NoRuleInForce
from exams.standards.rules import Part
from kernel.law import Book, Confidence, Dated, Figure, Region, confidence, dated, figure, source
from kernel.names import Names

D = TypeVar("D", bound=Dated)


def in_force(rules: Book[D], position: str, day: date, region: Region | None = None) -> D:
    """The one rule for `position` on `day`, in a region where one has its own.

    Raises:
        NoRuleInForce: when none covers that day.
    """
    found = rules.in_force(position, day, region)
    if found is None:
        raise NoRuleInForce(day=day)
    return found


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The review (复审) of a card while it runs, as order 30 had it."""

    every_years: Figure[int]
    notice_days: Figure[int]
    missed_voids: Figure[bool]
    abolished_from: Figure[date]


@dataclass(frozen=True, slots=True)
class ValidityRegime(Dated):
    """How long a certificate issued while it is in force is valid."""

    name: Names
    positions: frozenset[str]
    validity_years: Figure[int]
    last_day: Figure[str]
    renewal_notice_days: Figure[int]
    renewal_apply_by_days: Figure[int]
    review: ReviewRule | None


@dataclass(frozen=True, slots=True)
class Programme(Dated):
    """The parts to be passed for a certificate, and for how many months a passed part counts."""

    positions: frozenset[str]
    parts: Figure[tuple[Part, ...]]
    part_valid_months: Figure[int]


@dataclass(frozen=True, slots=True)
class Ban:
    """For how many years a revocation on `ground` bars a new application; 0 = no bar is known."""

    ground: str
    years: int
    source: str
    confidence: Confidence


def read_regime(raw: Mapping[str, Any]) -> ValidityRegime:
    """One entry of `regimes` in `certification/data/validity.yaml`."""
    return ValidityRegime(
        **dated(raw),
        name=Names.exactly(raw["name"]),
        positions=frozenset(raw["positions"]),
        validity_years=figure(raw, "validity_years"),
        last_day=figure(raw, "last_day"),
        renewal_notice_days=figure(raw, "renewal_notice_days"),
        renewal_apply_by_days=figure(raw, "renewal_apply_by_days"),
        review=_review(raw["review"]),
    )


def _review(raw: Mapping[str, Any] | None) -> ReviewRule | None:
    if raw is None:
        return None
    return ReviewRule(**{key: figure(raw, key) for key in raw})


def read_programme(raw: Mapping[str, Any]) -> Programme:
    """One entry of `certification/data/programmes.yaml`."""
    parts = figure(raw, "parts")
    return Programme(
        **dated(raw),
        positions=frozenset(raw["positions"]),
        parts=replace(parts, value=tuple(Part(part) for part in parts.value)),
        part_valid_months=figure(raw, "part_valid_months"),
    )


def read_ban(raw: Mapping[str, Any]) -> Ban:
    """One entry of `bans` in `certification/data/validity.yaml`."""
    return Ban(raw["ground"], raw["years"], source(raw), confidence(raw))


def plus_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February, so that nobody gains a day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
