"""From two sheets an item to one decision: agreement, average, weight, veto, pass.

Sources: two examiners who score independently and average is common practice; a veto item fails the whole practical; a
candidate who refuses to sign the sheet gives the item up and gets zero (provincial score sheets of K4). All three are
quoted in the platform's separation and results pages with their confidence.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from exams.practicals.errors import ExaminersDiffer, ExaminersDifferOnVeto, OtherSheetOpen, PracticalUnfinished
from exams.practicals.rules.sheet import Sheet
from exams.practicals.rules.standard import FULL, NOTHING, Standard
from kernel.lasting import canonical_json, lasting

CENT = Decimal("0.01")


class Signer(StrEnum):
    CANDIDATE = "candidate"
    FIRST = "examiner_1"
    SECOND = "examiner_2"


OUTCOME = lasting("exams.practical_outcome")
EXAMINERS = {1: Signer.FIRST, 2: Signer.SECOND}


@dataclass(frozen=True, slots=True)
class Signature:
    """The candidate's: given, or refused, which gives the item up."""

    refused: bool = False


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """`score` is 0..100 before weighting; a veto fails the whole practical; given up: not signed, or left."""

    score: Decimal
    is_vetoed: bool = False
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`total` keeps two decimals. It is shown beside the veto, never instead of it."""

    total: Decimal
    weighted: Mapping[str, Decimal]
    is_vetoed: bool
    is_passed: bool


def require_agreement(first: Sheet, second: Sheet, limit: Decimal) -> None:
    """Two complete sheets may be signed only when their examiners agree on veto items and lie within `limit` points.

    Raises:
        OtherSheetOpen, ExaminersDifferOnVeto, ExaminersDiffer.
    """
    if not (first.is_complete and second.is_complete):
        raise OtherSheetOpen
    if set(first.vetoes) != set(second.vetoes):
        raise ExaminersDifferOnVeto
    difference = abs(first.score - second.score)
    if difference > limit:
        raise ExaminersDiffer(difference=difference, limit=limit)


def item_outcome(first: Sheet, second: Sheet, candidate: Signature) -> ItemOutcome:
    """The average of two sheets that agree; zero where a veto item is struck or the candidate refused to sign."""
    if first.vetoes:
        return ItemOutcome(NOTHING, is_vetoed=True)
    if candidate.refused:
        return ItemOutcome(NOTHING, is_given_up=True)
    return ItemOutcome(_rounded((first.score + second.score) / 2))


def simulated_outcome(total: Decimal, candidate: Signature, *, is_vetoed: bool) -> ItemOutcome:
    """The outcome of an item that the simulation scored; the examiners sign it, they do not type it."""
    if is_vetoed:
        return ItemOutcome(NOTHING, is_vetoed=True)
    return ItemOutcome(NOTHING, is_given_up=True) if candidate.refused else ItemOutcome(_rounded(total))


def outcome(standard: Standard, items: Mapping[str, ItemOutcome]) -> Outcome:
    """The practical as a whole, from the outcome of each subject's item.

    Raises:
        PracticalUnfinished: a subject has no outcome yet.
    """
    if set(items) != {subject.code for subject in standard.subjects}:
        raise PracticalUnfinished
    weighted = {subject.code: items[subject.code].score * subject.weight / FULL for subject in standard.subjects}
    total = _rounded(sum(weighted.values(), NOTHING))
    vetoed = any(item.is_vetoed for item in items.values())
    return Outcome(total, weighted, vetoed, is_passed=not vetoed and total >= standard.pass_mark)


def outcome_digest(
    total: Decimal, pass_mark: Decimal, *, is_vetoed: bool, is_passed: bool, content: Mapping[str, Any]
) -> str:
    """SHA-256 of how a practical ended, for the audit, which must not tell a score before its release.

    `content` has a salt: there are so few totals that without one the digest would tell them.
    """
    said = [str(_rounded(total)), str(_rounded(pass_mark)), is_vetoed, is_passed, dict(content)]
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _rounded(marks: Decimal) -> Decimal:
    return marks.quantize(CENT, ROUND_HALF_UP)
