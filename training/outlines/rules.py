"""Required hours as values: 学时 as Decimal, study in milliseconds of the server's clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

from kernel.law import Book, Confidence, Dated, Region, confidence, dated
from training.outlines.errors import OutlineNotConfirmed, OutlinesBroken, OutlineUnknown

Document = Mapping[str, Any]

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60 * MS_PER_SECOND
HUNDREDTH = Decimal("0.01")


class TrainingKind(StrEnum):
    """What the training is for (培训类型)."""

    INITIAL = "initial"  # 初次取证
    RENEWAL = "renewal"  # 换证、复审、再培训


class Standing(StrEnum):
    """How far the hours may be relied on."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"  # an earlier regime's hours stand in, because this one's were not found


@dataclass(frozen=True, slots=True)
class Pace:
    """How study is measured. These are the platform's own choices; the hours are the law's."""

    lesson_seconds_per_minute: int  # 60, but for a demonstration
    lesson_cap_factor: int  # a lesson's credit ends at its minutes times this
    presence_after_seconds: tuple[int, int]  # a presence check comes after so much credit: from, to
    presence_answer_within_seconds: int

    def lesson_ms(self, minutes: int) -> int:
        """The study that completes a lesson of `minutes`, in milliseconds."""
        return minutes * self.lesson_seconds_per_minute * MS_PER_SECOND

    def lesson_cap_ms(self, minutes: int) -> int:
        """The most that a lesson of `minutes` is ever credited."""
        return self.lesson_ms(minutes) * self.lesson_cap_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Dated):
    """The hours of one qualification and kind under one regime.

    `theory` and `practical` are None where the outline is not divided that way. `lessons` names the lessons that must
    be completed; None means all lessons of the course. `is_for_operations`: it leads to a special operation, which is
    learnt with the hands too.
    """

    version: int
    qualification: str
    kind: TrainingKind
    total: Decimal
    theory: Decimal | None
    practical: Decimal | None
    hour_minutes: int
    daily_cap_hours: int
    pace: Pace
    lessons: tuple[str, ...] | None
    instrument: str
    standing: Standing
    is_for_operations: bool
    source: str
    confidence: Confidence
    is_demonstration: bool

    @property
    def day_cap_ms(self) -> int:
        """The most that one person is credited on one day."""
        return self.daily_cap_hours * self.hour_minutes * MS_PER_MINUTE

    def hours_of(self, ms: int) -> Decimal:
        """Study as hours of this outline, rounded down to a hundredth: nobody is credited what was not studied."""
        return (Decimal(ms) / (self.hour_minutes * MS_PER_MINUTE)).quantize(HUNDREDTH, ROUND_DOWN)

    def ms_of(self, hours: Decimal) -> int:
        """Hours of this outline as milliseconds."""
        return int(hours * self.hour_minutes * MS_PER_MINUTE)

    @property
    def is_practice_unknown(self) -> bool:
        """Whether hands must be trained and nobody knows for how long: online hours could then stand for all."""
        return self.is_for_operations and self.practical is None

    def is_fulfilled(self, *, online: Decimal, classes_theory: Decimal, classes_practical: Decimal) -> bool:
        """Whether the hours are complete. Online study counts as theory; practice is done in person."""
        if self.is_practice_unknown:
            return False
        theory = online + classes_theory
        if theory + classes_practical < self.total:
            return False
        return (self.theory is None or theory >= self.theory) and (
            self.practical is None or classes_practical >= self.practical
        )

    def requires(self, lesson: str) -> bool:
        """Whether the lesson with this code must be completed."""
        return self.lessons is None or lesson in self.lessons


@dataclass(frozen=True, slots=True)
class Outlines:
    """Every outline on file."""

    all: Book[Outline]

    def in_force(
        self, qualification: str, kind: TrainingKind, on: date, *, demonstration: bool, region: Region | None = None
    ) -> Outline:
        """The outline under which training begins on that day, in a region where one has its own.

        Raises:
            OutlineNotConfirmed: none is on file.
        """
        found = self.all.in_force((qualification, kind, demonstration), on, region)
        if found is None:
            raise OutlineNotConfirmed(qualification=qualification, kind=kind.value, on=on.isoformat())
        return found

    def version(self, code: str, version: int) -> Outline:
        """The outline that an enrolment was made under, whether or not it is still in force.

        Raises:
            OutlineUnknown: it is not on file.
        """
        for outline in self.all:
            if (outline.code, outline.version) == (code, version):
                return outline
        raise OutlineUnknown(code=code, version=version)


def outlines_from(document: Document) -> Outlines:
    """Read the parsed file of outlines.

    Raises:
        OutlinesBroken: parts do not add up, or an unknown regime or source.
        RulesOverlap, RuleMissing: two outlines in force at once, or none between two.
    """
    regimes = {regime["code"]: regime for regime in document["regimes"]}
    found = [
        *_read(document, regimes, document["outlines"], is_demonstration=False),
        *_read(document, regimes, document["demonstrations"], is_demonstration=True),
    ]
    return Outlines(Book(found, about=lambda each: [(each.qualification, each.kind, each.is_demonstration)]))


def _read(
    document: Document, regimes: Mapping[str, Document], entries: list[Document], *, is_demonstration: bool
) -> Iterator[Outline]:
    for entry in entries:
        where = f"{entry['qualifications'][0]} {entry['kind']}"
        if entry["source"] not in document["sources"]:
            raise OutlinesBroken(where=where, fault="its source is not listed")
        for qualification in entry["qualifications"]:
            for name in entry["regimes"]:
                if name not in regimes:
                    raise OutlinesBroken(where=where, fault=f"there is no regime {name}")
                yield _outline(document, regimes[name], entry, qualification, is_demonstration=is_demonstration)


def _outline(
    document: Document, regime: Document, entry: Document, qualification: str, *, is_demonstration: bool
) -> Outline:
    kind = TrainingKind(entry["kind"])
    total, theory, practical = (_hours(entry.get(part)) for part in ("total", "theory", "practical"))
    if total is None or (theory is not None and practical is not None and theory + practical != total):
        raise OutlinesBroken(where=f"{qualification} {kind}", fault="theory and practical do not add up to the total")
    code = f"{qualification}.{kind}" + (".demonstration" if is_demonstration else "")
    return Outline(
        **dated({**regime, "region": entry.get("region")}, code=code),
        version=regime["version"],
        qualification=qualification,
        kind=kind,
        total=total,
        theory=theory,
        practical=practical,
        hour_minutes=document["hour_minutes"],
        daily_cap_hours=document["daily_cap_hours"],
        pace=_pace(entry.get("pace", document["pace"])),
        lessons=tuple(entry["lessons"]) if "lessons" in entry else None,
        instrument=regime["instrument"],
        standing=Standing(regime["standing"]),
        is_for_operations=regime["operations"],
        source=document["sources"][entry["source"]],
        confidence=confidence(entry),
        is_demonstration=is_demonstration,
    )


def _hours(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _pace(entry: Document) -> Pace:
    earliest, latest = entry["presence_after_seconds"]
    if not 0 < earliest <= latest:
        raise OutlinesBroken(where="pace", fault="presence_after_seconds is not a range")
    return Pace(
        lesson_seconds_per_minute=entry["lesson_seconds_per_minute"],
        lesson_cap_factor=entry["lesson_cap_factor"],
        presence_after_seconds=(earliest, latest),
        presence_answer_within_seconds=entry["presence_answer_within_seconds"],
    )
