"""What a paper must hold: so many questions of each kind from each knowledge point, and what each is worth.

Blueprints are data (`exams/data/blueprints`). The shape 70 true/false + 30 single choice is the widely used national
one for operators; the counts of managers' papers are not confirmed nationally and are marked as the demonstration's.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from exams.papers.errors import BlueprintUnusable
from kernel.lasting import FormatUnknown, canonical_json, lasting
from question_bank.kinds import KINDS

LAYOUT = lasting("exams.blueprint")
CENT = Decimal("0.01")


class Marking(StrEnum):
    """How the fraction that an answer earned becomes marks: data of the standard, not of the question's kind.

    ``all_or_nothing``: the marks for the whole, nothing for less.
    ``proportional``: the fraction of the marks, rounded half up to 0.01. What fraction less than the right answer is,
    and that a wrong option among right ones makes it zero, is a matter of the kind.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    PROPORTIONAL = "proportional"

    def marks(self, fraction: Decimal, available: Decimal) -> Decimal:
        """The marks for a fraction from 0 to 1."""
        if fraction == 1:
            return available
        if self is Marking.ALL_OR_NOTHING:
            return Decimal(0)
        return (available * fraction).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one kind: marks for each, and how many from each knowledge point, in the order of the points."""

    kind: str
    marks_each: Decimal
    marking: Marking
    counts: tuple[tuple[str, int], ...]

    @property
    def questions(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One paper shape over one bank. `demonstration` means: the counts are ours, no rule gives them."""

    code: str
    bank: str
    name_zh: str
    name_en: str
    basis: str
    demonstration: bool
    sections: tuple[Section, ...]

    @property
    def questions(self) -> int:
        return sum(section.questions for section in self.sections)

    @property
    def marks(self) -> Decimal:
        return sum((section.marks_each * section.questions for section in self.sections), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        """The shape as it is recorded with each draw; `from_json` reads it back."""
        return LAYOUT.written(
            {
                "code": self.code,
                "bank": self.bank,
                "name": {"zh": self.name_zh, "en": self.name_en},
                "basis": self.basis,
                "demonstration": self.demonstration,
                "sections": [
                    {
                        "kind": section.kind,
                        "marks_each": str(section.marks_each),
                        "marking": section.marking.value,
                        "counts": dict(section.counts),
                    }
                    for section in self.sections
                ],
            }
        )

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(canonical_json(self.as_json())).hexdigest()

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Blueprint":
        """Read and check a blueprint from a data file or from a recorded draw.

        Raises:
            BlueprintUnusable: what is wrong with it.
        """
        code = str(fields.get("code", "?"))
        try:
            fields = LAYOUT.read(fields)
            blueprint = cls(
                code=code,
                bank=fields["bank"],
                name_zh=fields["name"]["zh"],
                name_en=fields["name"]["en"],
                basis=fields["basis"],
                demonstration=bool(fields["demonstration"]),
                sections=tuple(_section(section) for section in fields["sections"]),
            )
        except (FormatUnknown, KeyError, TypeError, ValueError, ArithmeticError) as fault:
            raise BlueprintUnusable(code=code, why=repr(fault)) from fault
        _check(blueprint)
        return blueprint


def _section(fields: Mapping[str, Any]) -> Section:
    return Section(
        kind=_kind(fields["kind"]),
        marks_each=Decimal(str(fields["marks_each"])),
        marking=Marking(fields.get("marking", Marking.ALL_OR_NOTHING)),
        counts=tuple(sorted((str(point), int(count)) for point, count in fields["counts"].items())),
    )


def _kind(code: str) -> str:
    if code not in KINDS:
        raise ValueError(f"no kind of question is called {code}")
    return code


def _check(blueprint: Blueprint) -> None:
    order = list(KINDS)
    places = [order.index(section.kind) for section in blueprint.sections]
    if not places or any(first >= second for first, second in pairwise(places)):
        raise BlueprintUnusable(code=blueprint.code, why=f"sections come in this order, each once: {', '.join(KINDS)}")
    for section in blueprint.sections:
        if section.questions == 0 or any(count < 0 for _, count in section.counts):
            raise BlueprintUnusable(code=blueprint.code, why=f"{section.kind}: counts must be positive")
        if not (section.marks_each.is_finite() and section.marks_each > 0):
            raise BlueprintUnusable(code=blueprint.code, why=f"{section.kind}: marks must be positive")
