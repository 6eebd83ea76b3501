"""A standard: how long, how many marks, which paper, and how many staff, by qualification, part and date."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exams.standards.errors import NoStandard
from kernel.lasting import lasting
from kernel.law import Book, Dated, Figure, Region, dated, figure
from kernel.names import Names

FROZEN = lasting("exams.standard")
# Deeds by two people (kernel/data/two_people.yaml); a standard may ask for more signatures than two, never for fewer.
RELEASE = "exams.release_results"
REVISE = "exams.revise_result"
FEWEST_SIGNATURES = 2


class Part(StrEnum):
    """A part of the examination."""

    THEORY = "theory"  # 安全生产知识考试, 安全技术理论
    PRACTICAL = "practical"  # 实际操作


@dataclass(frozen=True, slots=True)
class Standard(Dated):
    """`blueprint` is None for a practical; minutes and marks carry their source. `signatures`: under a release."""

    qualification: str
    part: Part
    shape: Names
    blueprint: str | None
    minutes: Figure[int]
    full_marks: Figure[Decimal]
    pass_mark: Figure[Decimal]
    invigilators: Figure[int]
    examiners: Figure[int]
    signatures: Figure[int]

    def __post_init__(self) -> None:
        if self.signatures.value < FEWEST_SIGNATURES:
            raise ValueError(f"{self.code}: nobody releases results alone.")

    def as_json(self) -> dict[str, Any]:
        """What a sitting freezes when it is planned, so that a later change of the data does not change it."""
        return FROZEN.written(
            {
                "code": self.code,
                "shape": self.shape.as_json(),
                "blueprint": self.blueprint,
                "minutes": self.minutes.value,
                "full_marks": str(self.full_marks.value),
                "pass_mark": str(self.pass_mark.value),
                "invigilators": self.invigilators.value,
                "examiners": self.examiners.value,
                "signatures": self.signatures.value,
            }
        )


def frozen_standard(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `Standard.as_json` froze for a sitting, in today's layout. Raises FormatUnknown."""
    return FROZEN.read(content)


def read_standard(raw: Mapping[str, Any]) -> Standard:
    """One entry of `exams/data/standards.yaml`."""
    return Standard(
        **dated(raw),
        qualification=raw["qualification"],
        part=Part(raw["part"]),
        shape=Names.exactly(raw["shape"]),
        blueprint=raw["blueprint"],
        minutes=figure(raw, "minutes"),
        full_marks=_marks(raw, "full_marks"),
        pass_mark=_marks(raw, "pass_mark"),
        invigilators=figure(raw, "invigilators"),
        examiners=figure(raw, "examiners"),
        signatures=figure(raw, "signatures"),
    )


def _marks(raw: Mapping[str, Any], name: str) -> Figure[Decimal]:
    found = figure(raw, name)
    return replace(found, value=Decimal(str(found.value)))


def standard_in_force(
    standards: Book[Standard], qualification: str, part: Part, day: date, region: Region | None = None
) -> Standard:
    """The standard for a qualification and part on the day of the exam, in a region where one has its own.

    Raises:
        NoStandard: when none covers it, so that no sitting can be planned.
    """
    found = standards.in_force((qualification, part), day, region)
    if found is None:
        raise NoStandard(day=day)
    return found
