"""One examiner's score sheet for one item: a list of steps that is only added to.

A tap on a deduction is a step; so is taking it back. What the sheet says is always folded from its steps, so nobody can
lower a mark and leave no trace.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exams.practicals.errors import (
    SAY_WHY,
    DeductedInFull,
    NothingToRestore,
    SheetIsComplete,
    SheetIsOpen,
)
from exams.practicals.rules.standard import NOTHING, Item
from kernel.because import Because, because
from kernel.lasting import canonical_json, lasting

STEP = lasting("exams.practical_step")
SHORTEST_REASON = 4


class Deed(StrEnum):
    DEDUCT = "deduct"
    RESTORE = "restore"
    VETO = "veto"
    LIFT_VETO = "lift_veto"
    COMPLETE = "complete"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Step:
    """`line` and `deduction` name points, `deduction` alone a veto item; `reason` is why a veto is struck or lifted."""

    deed: Deed
    line: str = ""
    deduction: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return STEP.written(
            {"deed": self.deed.value, "line": self.line, "deduction": self.deduction, "reason": self.reason}
        )


def step_from_json(content: Mapping[str, Any]) -> Step:
    """Read a stored step. Raises FormatUnknown."""
    content = STEP.read(content)
    return Step(Deed(content["deed"]), content["line"], content["deduction"], content["reason"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """`taken` counts each deduction by (line, deduction); `vetoes` holds the reason of each that is struck."""

    item: Item
    taken: Mapping[tuple[str, str], int] = field(default_factory=dict)
    vetoes: Mapping[str, str] = field(default_factory=dict)
    is_complete: bool = False
    steps: int = 0

    def line_score(self, code: str) -> Decimal:
        """Points left on one line; never below zero."""
        line = self.item.line(code)
        lost = sum((one.points * self.taken.get((code, one.code), 0) for one in line.deductions), NOTHING)
        return max(NOTHING, line.points - lost)

    @property
    def score(self) -> Decimal:
        """0..100. A veto item leaves nothing."""
        if self.vetoes:
            return NOTHING
        return sum((self.line_score(line.code) for line in self.item.lines), NOTHING)


def fold(item: Item, steps: Iterable[Step]) -> Sheet:
    """The sheet after `steps`. Raises what `apply` raises when stored steps do not fit: the evidence is damaged."""
    sheet = Sheet(item)
    for step in steps:
        sheet = apply(sheet, step)
    return sheet


def apply(sheet: Sheet, step: Step) -> Sheet:
    """The sheet after one more step.

    Raises:
        SheetIsComplete: it must be reopened first. SheetIsOpen: there is nothing to reopen.
        NoSuchLine, DeductedInFull, NothingToRestore, ReasonMissing: the step does not fit the sheet.
    """
    if step.deed is Deed.REOPEN:
        if not sheet.is_complete:
            raise SheetIsOpen
        return replace(sheet, is_complete=False, steps=sheet.steps + 1)
    if sheet.is_complete:
        raise SheetIsComplete
    changed = _CHANGES[step.deed](sheet, step)
    return replace(changed, steps=sheet.steps + 1)


def _deduct(sheet: Sheet, step: Step) -> Sheet:
    deduction = sheet.item.line(step.line).deduction(step.deduction)
    key = (step.line, step.deduction)
    if sheet.taken.get(key, 0) >= deduction.times:
        raise DeductedInFull
    return replace(sheet, taken={**sheet.taken, key: sheet.taken.get(key, 0) + 1})


def _restore(sheet: Sheet, step: Step) -> Sheet:
    sheet.item.line(step.line).deduction(step.deduction)
    key = (step.line, step.deduction)
    if not sheet.taken.get(key, 0):
        raise NothingToRestore
    return replace(sheet, taken={**sheet.taken, key: sheet.taken[key] - 1})


def _veto(sheet: Sheet, step: Step) -> Sheet:
    veto = sheet.item.veto(step.deduction)
    if veto.code in sheet.vetoes:
        raise DeductedInFull
    return replace(sheet, vetoes={**sheet.vetoes, veto.code: _reason(step)})


def _lift_veto(sheet: Sheet, step: Step) -> Sheet:
    veto = sheet.item.veto(step.deduction)
    if veto.code not in sheet.vetoes:
        raise NothingToRestore
    _reason(step)
    return replace(sheet, vetoes={code: reason for code, reason in sheet.vetoes.items() if code != veto.code})


def _complete(sheet: Sheet, _step: Step) -> Sheet:
    return replace(sheet, is_complete=True)


_CHANGES = {
    Deed.DEDUCT: _deduct,
    Deed.RESTORE: _restore,
    Deed.VETO: _veto,
    Deed.LIFT_VETO: _lift_veto,
    Deed.COMPLETE: _complete,
}


def _reason(step: Step) -> Because:
    return because(step.reason, SAY_WHY, least=SHORTEST_REASON)


def sheet_digest(sheet: Sheet) -> str:
    """SHA-256 of what an examiner signs: the item, every deduction with its count, every veto with its reason."""
    content = {
        "item": sheet.item.code,
        "taken": sorted([*key, count] for key, count in sheet.taken.items() if count),
        "vetoes": dict(sheet.vetoes),
        "score": str(sheet.score),
    }
    return hashlib.sha256(canonical_json(content)).hexdigest()
