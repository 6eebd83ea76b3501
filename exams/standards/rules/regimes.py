"""Regimes: who may sit and how often, by position and by the day of the exam."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from exams.standards.errors import NoRegimeInForce
from exams.standards.rules.figures import Quote
from exams.standards.rules.standard import Part
from kernel.law import Book, Confidence, ConfidenceUnknown, Dated, FigureUnusable, Region, confidence, dated
from kernel.names import Names


class RenewedBy(StrEnum):
    """What starts the count of attempts anew when all are used."""

    TRAINING = "training"  # train again: attempts before the newest eligibility no longer count
    THEORY = "theory"  # register for theory again: practicals before the newest passed theory no longer count


@dataclass(frozen=True, slots=True)
class Clause:
    """One point of a regime; `value` None means that it sets no limit, or that none is known."""

    value: Any
    clause: Names
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Regime(Dated):
    """One dated rule of admission. `quote(point)` says where a decision about that point rests."""

    name: Names
    positions: frozenset[str]
    points: Mapping[str, Clause]

    def quote(self, point: str) -> Quote:
        clause = self.points[point]
        return Quote(self.code, self.name, clause.clause, clause.confidence)

    @property
    def minimum_age(self) -> int:
        return int(self.points["minimum_age"].value)

    @property
    def is_below_retirement(self) -> bool:
        return bool(self.points["below_retirement"].value)

    def attempts(self, part: Part) -> int | None:
        """How often this part may be sat before the count must be renewed; None = as often as needed."""
        value = self.points[f"{part}_attempts"].value
        return None if value is None else int(value)

    @property
    def renewed_by(self) -> RenewedBy:
        return RenewedBy(self.points["attempts_renewed_by"].value)

    @property
    def is_theory_first(self) -> bool:
        return bool(self.points["theory_before_practical"].value)

    @property
    def part_valid_months(self) -> int:
        return int(self.points["part_valid_months"].value)

    @property
    def barred_after_fraud_months(self) -> int:
        """How long nobody applies whose certificate was got by fraud or bribery."""
        return int(self.points["barred_after_fraud_months"].value)

    @property
    def exam_after_application_days(self) -> int | None:
        """Within how many days of the application the exam is held; None where no rule is known."""
        value = self.points["exam_after_application_days"].value
        return None if value is None else int(value)

    @property
    def result_working_days(self) -> int | None:
        """Within how many working days of the exam its result is published; None where no rule is known."""
        value = self.points["result_working_days"].value
        return None if value is None else int(value)


FRAME = {"code", "name", "positions", "from", "until", "region"}


def read_regime(raw: Mapping[str, Any]) -> Regime:
    """One entry of `exams/data/regimes.yaml`."""
    return Regime(
        **dated(raw),
        name=Names.exactly(raw["name"]),
        positions=frozenset(raw["positions"]),
        points={point: _clause(value, point) for point, value in raw.items() if point not in FRAME},
    )


def _clause(raw: Mapping[str, Any], point: str) -> Clause:
    try:
        return Clause(raw["value"], Names.exactly(raw["clause"]), confidence(raw))
    except (KeyError, TypeError, ConfidenceUnknown) as fault:
        raise FigureUnusable(name=point, fault=str(fault)) from fault


def regime_in_force(regimes: Book[Regime], position: str, day: date, region: Region | None = None) -> Regime:
    """The regime for `position` on the day of the exam, in a region where one has its own.

    Raises:
        NoRegimeInForce: when none covers that day.
    """
    found = regimes.in_force(position, day, region)
    if found is None:
        raise NoRegimeInForce(day=day)
    return found
