"""A standard: how long, how many marks, which paper, and how many staff, by qualification, part and date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exams.standards.errors import NoStandard
from exams.standards.rules.figures import Figure, Names
from kernel.lasting import lasting

FROZEN = lasting("exams.standard")


class Part(StrEnum):
    """A part of the examination."""

    THEORY = "theory"  # 安全生产知识考试, 安全技术理论
    PRACTICAL = "practical"  # 实际操作


@dataclass(frozen=True, slots=True)
class Standard:
    """`blueprint` is None for a practical; minutes and marks carry their source."""

    code: str
    qualification: str
    part: Part
    begins: date
    ends: date | None
    shape: Names
    blueprint: str | None
    minutes: Figure[int]
    full_marks: Figure[Decimal]
    pass_mark: Figure[Decimal]
    invigilators: Figure[int]
    examiners: Figure[int]

    def is_in_force(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)

    def as_json(self) -> dict[str, Any]:
        """What a sitting freezes when it is planned, so that a later change of the data does not change it."""
        return FROZEN.written(
            {
                "code": self.code,
                "shape": dict(self.shape),
                "blueprint": self.blueprint,
                "minutes": self.minutes.value,
                "full_marks": str(self.full_marks.value),
                "pass_mark": str(self.pass_mark.value),
                "invigilators": self.invigilators.value,
                "examiners": self.examiners.value,
            }
        )


def frozen_standard(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `Standard.as_json` froze for a sitting, in today's layout. Raises FormatUnknown."""
    return FROZEN.read(content)


def read_standard(raw: Mapping[str, Any]) -> Standard:
    """One entry of `exams/data/standards.yaml`."""
    return Standard(
        code=raw["code"],
        qualification=raw["qualification"],
        part=Part(raw["part"]),
        begins=raw["from"],
        ends=raw["until"],
        shape=raw["shape"],
        blueprint=raw["blueprint"],
        minutes=Figure.read(raw["minutes"]),
        full_marks=_marks(raw["full_marks"]),
        pass_mark=_marks(raw["pass_mark"]),
        invigilators=Figure.read(raw["invigilators"]),
        examiners=Figure.read(raw["examiners"]),
    )


def _marks(raw: Mapping[str, Any]) -> Figure[Decimal]:
    return Figure.read({**raw, "value": Decimal(str(raw["value"]))})


def standard_in_force(standards: Iterable[Standard], qualification: str, part: Part, day: date) -> Standard:
    """The standard for a qualification and part on the day of the exam.

    Raises:
        NoStandard: when none covers it, so that no sitting can be planned.
    """
    for standard in standards:
        if (standard.qualification, standard.part) == (qualification, part) and standard.is_in_force(day):
            return standard
    raise NoStandard(day=day)
