"""The dated rules of exams, read once from the files that come with the program. Nothing is read from the database."""

from datetime import date
from pathlib import Path

from exams.standards.rules import (
    Part,
    Regime,
    RetirementTrack,
    Standard,
    read_regime,
    read_standard,
    regime_in_force,
    standard_in_force,
)
from kernel.authored import Authored, authored, read_once
from kernel.lasting import lasting
from kernel.law import Book, Figure, Region, read_figure
from kernel.names import Names
from people.positions.queries import vocabulary

DATA = Path(__file__).parent.parent / "data"
LAYOUT = lasting("exams.dated_rules")


def _file(name: str) -> Authored:
    return authored(DATA / name, LAYOUT)


@read_once
def regimes() -> Book[Regime]:
    """All regimes, old ones included: results under them still count."""
    file = _file("regimes.yaml")
    return file.book("regimes", read=read_regime, about=lambda regime: regime.positions)


@read_once
def standards() -> Book[Standard]:
    """All standards."""
    file = _file("standards.yaml")
    return file.book("standards", read=read_standard, about=lambda each: [(each.qualification, each.part)])


@read_once
def retirement_tracks() -> dict[str, RetirementTrack]:
    """The latest statutory retirement age that may hold, by sex."""
    return _file("regimes.yaml").named("retirement", "tracks", read=RetirementTrack.read)


@read_once
def room_rules() -> dict[str, Figure[int]]:
    """Minutes and counts that hold in every exam room."""
    return _figures("room")


@read_once
def conflict_rules() -> dict[str, Figure[int]]:
    """How far back a conflict of interest reaches."""
    return _figures("integrity")


@read_once
def deadlines() -> dict[str, Figure[int]]:
    """Days within which the office acts or a candidate may ask."""
    return _figures("deadlines")


def _figures(group: str) -> dict[str, Figure[int]]:
    return _file("centres.yaml").named(group, read=read_figure)


def regime_for(qualification: str, day: date) -> Regime:
    """The regime under which `qualification` is examined on `day`. Raises NoRegimeInForce, QualificationUnknown."""
    return regime_in_force(regimes(), vocabulary().qualification(qualification).position.value, day)


def regime_coded(code: str) -> Regime:
    """The regime that a decision names."""
    return regimes().coded(code)


def standard_for(qualification: str, part: Part, day: date, region: Region | None = None) -> Standard:
    """The standard of this exam on `day`, in a region where one has its own. Raises NoStandard."""
    return standard_in_force(standards(), qualification, part, day, region)


def blueprint_of(qualification: str, part: Part, day: date, region: Region | None = None) -> str | None:
    """The blueprint of this exam's papers on `day`; None where no paper is drawn."""
    found = standards().in_force((qualification, part), day, region)
    return None if found is None else found.blueprint


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
    return found.names
