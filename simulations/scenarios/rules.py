"""What a scenario's score sheet is, how a finished run is scored on it, and which scenario a seed picks.

A sheet is data: lines of points with deductions, and veto items. A sheet says of itself whether its wording is
confirmed; the demonstration's sheets are not (the national wording of K43 has not been read), and every screen that
shows one says so.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kernel.chance import Chance
from kernel.lasting import canonical_json, lasting
from kernel.names import Names
from simulations.scenarios.errors import NoSuchScenario, ScenarioUnusable

LAYOUT = lasting("simulations.scored_sheet")
FULL_MARKS = Decimal(100)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deduction:
    code: str
    points: Decimal
    words: Names


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    points: Decimal
    words: Names
    why: Names
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True, slots=True)
class VetoItem:
    code: str
    words: Names


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    confirmed: bool
    source: Names
    lines: tuple[Line, ...]
    vetoes: tuple[VetoItem, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """One deduction as applied; `at_ms` is the moment in the run that proves it, None when the proof is an omission."""

    code: str
    points: Decimal
    words: Names
    at_ms: int | None


@dataclass(frozen=True, slots=True)
class ScoredLine:
    code: str
    points: Decimal
    got: Decimal
    words: Names
    why: Names
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """`total` is 0..100. A veto item makes it 0; what fails beyond the item is for the practical's standard to say."""

    total: Decimal
    lines: tuple[ScoredLine, ...]
    vetoes: tuple[Lost, ...]
    confirmed: bool
    source: Names


def read_sheet(content: Mapping[str, object], scenario: str) -> ScoreSheet:
    """Read a sheet of format 1. Raises ScenarioUnusable when points do not add up to 100 or something is missing."""
    values: dict = dict(content)  # type: ignore[type-arg]  # a wrong shape raises below
    try:
        sheet = ScoreSheet(
            confirmed=bool(values["confirmed"]),
            source=Names.read(values["source"]),
            lines=tuple(_line(line) for line in values["lines"]),
            vetoes=tuple(VetoItem(item["id"], Names.read(item)) for item in values["vetoes"]),
        )
    except (KeyError, TypeError) as missing:
        raise ScenarioUnusable(scenario=scenario, reason=repr(missing)) from missing
    if sum((line.points for line in sheet.lines), NOTHING) != FULL_MARKS:
        raise ScenarioUnusable(scenario=scenario, reason="the points do not add up to 100")
    return sheet


def _line(content: Mapping) -> Line:  # type: ignore[type-arg]
    return Line(
        code=content["id"],
        points=Decimal(content["points"]),
        words=Names.read(content),
        why=Names.read(content["why"]),
        deductions=tuple(
            Deduction(one["id"], Decimal(one["points"]), Names.read(one)) for one in content["deductions"]
        ),
    )


def score(
    sheet: ScoreSheet, deductions: Iterable[tuple[str, int | None]], vetoes: Iterable[tuple[str, int | None]]
) -> ScoredSheet:
    """Apply what was found. A line never goes below zero; a veto item leaves zero for the whole item."""
    found = dict(deductions)
    lines = tuple(_scored(line, found) for line in sheet.lines)
    words = {item.code: item.words for item in sheet.vetoes}
    struck = tuple(Lost(code, FULL_MARKS, words[code], at_ms) for code, at_ms in vetoes)
    total = NOTHING if struck else sum((line.got for line in lines), NOTHING)
    return ScoredSheet(total, lines, struck, sheet.confirmed, sheet.source)


def _scored(line: Line, found: Mapping[str, int | None]) -> ScoredLine:
    lost = tuple(Lost(one.code, one.points, one.words, found[one.code]) for one in line.deductions if one.code in found)
    got = max(NOTHING, line.points - sum((one.points for one in lost), NOTHING))
    return ScoredLine(line.code, line.points, got, line.words, line.why, lost)


def scored_to_json(scored: ScoredSheet) -> dict[str, object]:
    """The stored form. Decimals travel as text, so that no reader turns them into floats."""

    def lost(one: Lost) -> dict[str, object]:
        return {"code": one.code, "points": str(one.points), "at_ms": one.at_ms, "words": one.words.as_json()}

    return LAYOUT.written(
        {
            "total": str(scored.total),
            "confirmed": scored.confirmed,
            "source": scored.source.as_json(),
            "vetoes": [lost(one) for one in scored.vetoes],
            "lines": [
                {
                    "code": line.code,
                    "points": str(line.points),
                    "got": str(line.got),
                    "words": line.words.as_json(),
                    "why": line.why.as_json(),
                    "lost": [lost(one) for one in line.lost],
                }
                for line in scored.lines
            ],
        }
    )


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 of a scenario's content in one canonical spelling; equal content, equal digest."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def chosen(codes: Sequence[str], seed: int) -> str:
    """The scenario that `seed` picks. Sorted first, so that the order of a query decides nothing."""
    if not codes:
        raise NoSuchScenario
    return Chance(seed).one(sorted(codes))
