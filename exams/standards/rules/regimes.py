"""Regimes: who may sit and how often, by position and by the day of the exam."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from exams.standards.errors import NoRegimeInForce
from exams.standards.rules.figures import Confidence, Names, Quote
from exams.standards.rules.standard import Part


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
class Regime:
    """One dated rule of admission. `quote(point)` says where a decision about that point rests."""

    code: str
    name: Names
    positions: frozenset[str]
    begins: date
    ends: date | None
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

    def is_in_force(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


FRAME = {"code", "name", "positions", "from", "until"}


def read_regime(raw: Mapping[str, Any]) -> Regime:
    """One entry of `exams/data/regimes.yaml`."""
    return Regime(
        code=raw["code"],
        name=raw["name"],
        positions=frozenset(raw["positions"]),
        begins=raw["from"],
        ends=raw["until"],
        points={
            point: Clause(value["value"], value["clause"], Confidence(value["confidence"]))
            for point, value in raw.items()
            if point not in FRAME
        },
    )


def regime_in_force(regimes: Iterable[Regime], position: str, day: date) -> Regime:
    """The regime for `position` on the day of the exam.

    Raises:
        NoRegimeInForce: when none covers that day.
    """
    for regime in regimes:
        if position in regime.positions and regime.is_in_force(day):
            return regime
    raise NoRegimeInForce(day=day)
