"""What a practical consists of: subjects with weights, items with score sheets, and the marks that pass.

Standards are data (`exams/data/practicals`) with effective dates. The common model (four subjects, one item drawn from
each, 100 points an item, weighted, pass at 80, a veto item fails the whole) is that of the 2014 practical standards and
their provincial copies. Each line says whether its points were read in such a sheet or are this demonstration's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exams.practicals.errors import NoSuchLine, StandardUnusable
from kernel.errors import Problem
from kernel.lasting import lasting
from kernel.law import Dated, dated
from kernel.names import Names

LAYOUT = lasting("exams.practical_standard")
FULL = Decimal(100)
NOTHING = Decimal(0)


class Mode(StrEnum):
    """实际操作, 口述, 仿真模拟操作."""

    HANDS_ON = "hands_on"
    ORAL = "oral"
    SIMULATION = "simulation"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One reason to take points; `times` is how often it may apply (a wrong sign of five: five times)."""

    code: str
    words: Names
    points: Decimal
    times: int


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    words: Names
    points: Decimal
    source: str
    confirmed: bool
    deductions: tuple[Deduction, ...]

    def deduction(self, code: str) -> Deduction:
        for one in self.deductions:
            if one.code == code:
                return one
        raise NoSuchLine


@dataclass(frozen=True, slots=True)
class Veto:
    code: str
    words: Names


@dataclass(frozen=True, slots=True)
class Item:
    """`apparatus` names the simulation that scores this item; empty when examiners score it."""

    code: str
    words: Names
    minutes: int
    mode: Mode
    apparatus: str
    lines: tuple[Line, ...]
    vetoes: tuple[Veto, ...]

    def line(self, code: str) -> Line:
        for one in self.lines:
            if one.code == code:
                return one
        raise NoSuchLine

    def veto(self, code: str) -> Veto:
        for one in self.vetoes:
            if one.code == code:
                return one
        raise NoSuchLine


@dataclass(frozen=True, slots=True)
class Subject:
    """K1 安全用具使用, K2 安全操作技术, K3 作业现场安全隐患排除, K4 作业现场应急处置; `weight` in percent."""

    code: str
    words: Names
    weight: Decimal
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Standard(Dated):
    """`largest_difference`: how far apart two examiners may be before they must settle it; not confirmed nationally."""

    qualification: str
    version: int
    words: Names
    basis: Names
    demonstration: bool
    minutes: int
    pass_mark: Decimal
    largest_difference: Decimal
    subjects: tuple[Subject, ...]

    def subject(self, code: str) -> Subject:
        return next(one for one in self.subjects if one.code == code)

    def item(self, code: str) -> Item:
        for subject in self.subjects:
            for one in subject.items:
                if one.code == code:
                    return one
        raise NoSuchLine


def read_standard(content: Mapping[str, Any]) -> Standard:
    """Read and check a standard.

    Raises:
        StandardUnusable: weights or points do not make 100, a code is used twice, or something is missing.
    """
    name = str(content.get("qualification"))
    try:
        standard = _standard(LAYOUT.read(content))
    except (Problem, KeyError, TypeError, ValueError, ArithmeticError) as missing:
        raise StandardUnusable(standard=name, reason=repr(missing)) from missing
    for reason in _faults(standard):
        raise StandardUnusable(standard=name, reason=reason)
    return standard


def _faults(standard: Standard) -> list[str]:
    items = [item for subject in standard.subjects for item in subject.items]
    faults = [
        f"{item.code}: the points do not make 100"
        for item in items
        if item.mode is not Mode.SIMULATION and sum((line.points for line in item.lines), NOTHING) != FULL
    ]
    faults += [
        f"{item.code}: names no apparatus" for item in items if (item.mode is Mode.SIMULATION) != bool(item.apparatus)
    ]
    faults += [f"{subject.code}: has no items" for subject in standard.subjects if not subject.items]
    if sum((subject.weight for subject in standard.subjects), NOTHING) != FULL:
        faults.append("the weights do not make 100")
    if len({item.code for item in items}) != len(items):
        faults.append("an item code is used twice")
    return faults


def _standard(content: Mapping[str, Any]) -> Standard:
    return Standard(
        **dated(content, code=content["qualification"]),
        qualification=content["qualification"],
        version=int(content["version"]),
        words=Names.exactly(content["name"]),
        basis=Names.exactly(content["basis"]),
        demonstration=bool(content["demonstration"]),
        minutes=int(content["minutes"]),
        pass_mark=Decimal(str(content["pass_mark"])),
        largest_difference=Decimal(str(content["largest_difference"]["points"])),
        subjects=tuple(
            Subject(
                one["code"], Names.read(one), Decimal(str(one["weight"])), tuple(_item(item) for item in one["items"])
            )
            for one in content["subjects"]
        ),
    )


def _item(content: Mapping[str, Any]) -> Item:
    return Item(
        code=content["code"],
        words=Names.read(content),
        minutes=int(content["minutes"]),
        mode=Mode(content["mode"]),
        apparatus=content.get("apparatus", ""),
        lines=tuple(_line(line) for line in content.get("lines", ())),
        vetoes=tuple(Veto(veto["id"], Names.read(veto)) for veto in content.get("vetoes", ())),
    )


def _line(content: Mapping[str, Any]) -> Line:
    return Line(
        code=content["id"],
        words=Names.read(content),
        points=Decimal(str(content["points"])),
        source=content["source"],
        confirmed=bool(content["confirmed"]),
        deductions=tuple(
            Deduction(one["id"], Names.read(one), Decimal(str(one["points"])), int(one.get("times", 1)))
            for one in content["deductions"]
        ),
    )
