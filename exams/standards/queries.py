"""The dated rules of exams, read once from the files that come with the program. Nothing is read from the database."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from exams.standards.rules import (
    Figure,
    Names,
    Part,
    Regime,
    RetirementTrack,
    Standard,
    read_regime,
    read_standard,
    regime_in_force,
    standard_in_force,
)
from kernel.lasting import lasting
from people.positions.queries import vocabulary

DATA = Path(__file__).parent.parent / "data"
LAYOUT = lasting("exams.dated_rules")


def _file(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return dict(LAYOUT.read(raw))


@cache
def regimes() -> tuple[Regime, ...]:
    """All regimes, old ones included: results under them still count."""
    return tuple(read_regime(raw) for raw in _file("regimes.yaml")["regimes"])


@cache
def standards() -> tuple[Standard, ...]:
    """All standards."""
    return tuple(read_standard(raw) for raw in _file("standards.yaml")["standards"])


@cache
def retirement_tracks() -> dict[str, RetirementTrack]:
    """The latest statutory retirement age that may hold, by sex."""
    raw = _file("regimes.yaml")["retirement"]
    return {
        sex: RetirementTrack(
            raw[sex]["base_years"], raw[sex]["since"], raw[sex]["months_each"], raw[sex]["at_most_years"]
        )
        for sex in ("male", "female")
    }


@cache
def room_rules() -> dict[str, Figure[int]]:
    """Minutes and counts that hold in every exam room."""
    return {name: Figure.read(raw) for name, raw in _file("centres.yaml")["room"].items()}


@cache
def conflict_rules() -> dict[str, Figure[int]]:
    """How far back a conflict of interest reaches."""
    return {name: Figure.read(raw) for name, raw in _file("centres.yaml")["integrity"].items()}


@cache
def deadlines() -> dict[str, Figure[int]]:
    """Days within which the office acts or a candidate may ask."""
    return {name: Figure.read(raw) for name, raw in _file("centres.yaml")["deadlines"].items()}


def regime_for(qualification: str, day: date) -> Regime:
    """The regime under which `qualification` is examined on `day`. Raises NoRegimeInForce, QualificationUnknown."""
    return regime_in_force(regimes(), vocabulary().qualification(qualification).position.value, day)


def regime_coded(code: str) -> Regime:
    """The regime that a decision names."""
    return next(regime for regime in regimes() if regime.code == code)


def standard_for(qualification: str, part: Part, day: date) -> Standard:
    """The standard of this exam on `day`. Raises NoStandard."""
    return standard_in_force(standards(), qualification, part, day)


def blueprint_of(qualification: str, part: Part, day: date) -> str | None:
    """The blueprint of this exam's papers on `day`; None where no paper is drawn."""
    fitting = [it for it in standards() if (it.qualification, it.part) == (qualification, part) and it.is_in_force(day)]
    return fitting[0].blueprint if fitting else None


def parts_of(qualification: str, day: date) -> tuple[Part, ...]:
    """The parts that are examined for a qualification on `day`, theory first."""
    return tuple(
        part
        for part in Part
        if any(
            (each.qualification, each.part) == (qualification, part) and each.is_in_force(day) for each in standards()
        )
    )


def examined_qualifications(day: date) -> list[str]:
    """The qualifications that have a standard on `day`, in the order of the data."""
    return list(dict.fromkeys(each.qualification for each in standards() if each.is_in_force(day)))


def qualification_names(qualification: str) -> Names:
    """The qualification's name in both languages; a manager's with its position."""
    found = vocabulary().qualification(qualification)
    return {"zh": found.names.zh, "en": found.names.en}
