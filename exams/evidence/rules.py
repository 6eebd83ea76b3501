"""What was kept of an exam and what was announced of it, compared: from both to differences by candidate. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from exams.verification.rules import Difference
from exams.verification.rules import Reason as WhyItDiffers
from kernel.errors import N_

ATTEMPT_ENDED = "exams.attempt_ended"
SHEET_SIGNED = "exams.practical_sheet_signed"
PRACTICAL_FINISHED = "exams.practical_finished"
RESULT_RELEASED = "exams.result_released"
NAMES = (ATTEMPT_ENDED, SHEET_SIGNED, PRACTICAL_FINISHED, RESULT_RELEASED)
REVISED = N_(
    "The result of %(admission)s was revised by two people: %(before)s became %(after)s, revision %(revision)s "
    "counts. %(because)s"
)


class Reason(WhyItDiffers):
    """Why what is kept does not agree with what was announced, or with itself."""

    STEPS_ALTERED = (
        "steps_altered",
        N_("The answers of %(admission)s are not those that the receipt is about (%(detail)s)."),
    )
    MARKS_ALTERED = (
        "marks_altered",
        N_("The marks kept of the answers of %(admission)s are not those that they give."),
    )
    ATTEMPT_ALTERED = (
        "attempt_altered",
        N_("The attempt of %(admission)s ended otherwise than was announced: %(detail)s."),
    )
    ATTEMPT_MISSING = ("attempt_missing", N_("An attempt was announced and is missing: %(detail)s."))
    ATTEMPT_UNEXPECTED = ("attempt_unexpected", N_("The end of the attempt of %(admission)s was never announced."))
    SHEET_ALTERED = (
        "sheet_altered",
        N_("The score sheets of %(admission)s are not those that were signed: %(detail)s."),
    )
    SIGNATURE_ALTERED = (
        "signature_altered",
        N_("The signatures of %(admission)s are not those that were announced: %(detail)s."),
    )
    OUTCOME_ALTERED = ("outcome_altered", N_("The outcome of the practical of %(admission)s was altered: %(detail)s."))
    RESULT_ALTERED = ("result_altered", N_("The result of %(admission)s is not what the evidence gives: %(detail)s."))
    RESULT_MISSING = ("result_missing", N_("A result is missing: %(admission)s %(detail)s."))
    RESULT_UNEXPECTED = ("result_unexpected", N_("There is a result of %(admission)s and no evidence behind it."))
    RELEASE_ALTERED = (
        "release_altered",
        N_("The result of %(admission)s is not the one that was released: %(detail)s."),
    )
    UNREADABLE = ("unreadable", N_("The evidence of %(admission)s cannot be read any more: %(detail)s."))
    NOT_SEALED = ("not_sealed", N_("Rows of the audit that are not sealed yet: %(detail)s."))


@dataclass(frozen=True, slots=True)
class Marked:
    """What an exam came to."""

    score: Decimal
    pass_mark: Decimal
    passed: bool
    cancelled: bool = False

    def __str__(self) -> str:
        sign = "⊘" if self.cancelled else "✓" if self.passed else "✗"  # read in every language
        return f"{self.score.normalize():f} {sign}"


@dataclass(frozen=True, slots=True)
class KeptAttempt:
    """`receipt` as it is stored, `again` over the steps as they are now.

    `are_marks_equal`: whether the marks that were kept are those that the steps give now; None before marking.
    """

    id: UUID
    admission_number: str
    how: str
    receipt: str | None
    again: str
    are_marks_equal: bool | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature under one item; `digest` is of what was signed."""

    item: str
    signer: str
    digest: str
    is_refusal: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The outcome of a practical as it is stored; `digest` is of that row."""

    total: Decimal
    is_vetoed: bool
    is_passed: bool
    digest: str

    @property
    def said(self) -> tuple[Decimal, bool, bool]:
        return self.total, self.is_vetoed, self.is_passed


@dataclass(frozen=True, slots=True)
class KeptPractical:
    """`sheets`: item -> digest of its sheets now; `ended` as stored, `again` by replay; None without outcome."""

    id: UUID
    admission_number: str
    signatures: frozenset[Signed]
    sheets: Mapping[str, str]
    ended: Ended | None
    again: tuple[Decimal, bool, bool] | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A revision that counts no longer: what it came to, and why another took its place."""

    id: UUID
    was: Marked
    because: str


@dataclass(frozen=True, slots=True)
class Revised:
    """What an auditor is told of a result that was revised: no difference, but no first result either."""

    admission_number: str
    revision: int
    before: Marked
    after: Marked
    because: str

    @property
    def places(self) -> dict[str, str]:
        """What fills the places of `REVISED`."""
        return {
            "admission": self.admission_number,
            "revision": str(self.revision),
            "before": str(self.before),
            "after": str(self.after),
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class KeptCandidate:
    """All that is kept of one candidate; `again` is the result that follows from it, None where none is due.

    `recorded` is the revision that counts, by the method that it names; `earlier` those before it, the first one first.

    `damage` says why it cannot be read, where somebody altered it into something that never was an exam.
    """

    admission_number: str
    attempt: KeptAttempt | None = None
    practical: KeptPractical | None = None
    result_id: UUID | None = None
    recorded: Marked | None = None
    again: Marked | None = None
    earlier: tuple[Earlier, ...] = ()
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of a sitting; `attempts` and `results` are the ids that there are, readable or not."""

    candidates: Sequence[KeptCandidate] = ()
    attempts: frozenset[UUID] = frozenset()
    results: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the audit."""

    name: str
    facts: Mapping[str, Any]
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Announced:
    """What the audit says: attempt -> (how, receipt), practical -> signatures, -> its end, result -> what was told."""

    attempts: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)
    signatures: Mapping[UUID, frozenset[Signed]] = field(default_factory=dict)
    ends: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    releases: Mapping[UUID, Marked] = field(default_factory=dict)
    unsealed: int = 0


def announced(rows: Iterable[Fact]) -> Announced:
    """What rows of the audit say; those of other names are passed over."""
    attempts: dict[UUID, tuple[str, str]] = {}
    ends: dict[UUID, Mapping[str, Any]] = {}
    releases: dict[UUID, Marked] = {}
    signatures: dict[UUID, set[Signed]] = {}
    unsealed = 0
    for row in rows:
        facts, unsealed = row.facts, unsealed + (not row.is_sealed)
        if row.name == ATTEMPT_ENDED:
            attempts[UUID(facts["attempt_id"])] = (facts["how"], facts["receipt"])
        elif row.name == SHEET_SIGNED:
            signed = Signed(facts["item"], facts["signer"], facts["digest"], facts["is_refusal"])
            signatures.setdefault(UUID(facts["practical_id"]), set()).add(signed)
        elif row.name == PRACTICAL_FINISHED:
            ends[UUID(facts["practical_id"])] = facts
        elif row.name == RESULT_RELEASED:
            releases[UUID(facts["result_id"])] = Marked(
                Decimal(facts["score"]), Decimal(facts["pass_mark"]), facts["passed"]
            )
    sealed = {practical: frozenset(found) for practical, found in signatures.items()}
    return Announced(attempts, sealed, ends, releases, unsealed)


def differences(kept: Kept, told: Announced | None) -> Iterator[Difference]:
    """Everything that differs; `told` None compares what is kept with itself only."""
    for one in kept.candidates:
        yield from candidate_differences(one, told)
    if told is not None:
        for gone in sorted(told.attempts.keys() - kept.attempts, key=str):
            yield Difference(Reason.ATTEMPT_MISSING, detail=str(gone))
        for gone in sorted(told.releases.keys() - kept.results, key=str):
            yield Difference(Reason.RESULT_MISSING, detail=str(gone))
        if told.unsealed:
            yield Difference(Reason.NOT_SEALED, detail=str(told.unsealed))


def candidate_differences(kept: KeptCandidate, told: Announced | None) -> Iterator[Difference]:
    """What differs of one candidate."""
    if kept.damage:
        yield Difference(Reason.UNREADABLE, kept.admission_number, kept.damage)
        return
    if kept.attempt is not None:
        yield from _of_attempt(kept.attempt, told)
    if kept.practical is not None:
        yield from _of_practical(kept.practical, told)
    yield from _of_result(kept, told)


def _of_attempt(attempt: KeptAttempt, told: Announced | None) -> Iterator[Difference]:
    number = attempt.admission_number
    if attempt.again != attempt.receipt:
        yield Difference(Reason.STEPS_ALTERED, number, "exams.attempts")
    if attempt.are_marks_equal is False:
        yield Difference(Reason.MARKS_ALTERED, number)
    if told is None:
        return
    if attempt.id not in told.attempts:
        yield Difference(Reason.ATTEMPT_UNEXPECTED, number)
        return
    how, receipt = told.attempts[attempt.id]
    if receipt != attempt.again:
        yield Difference(Reason.STEPS_ALTERED, number, "audit")
    if how != attempt.how:
        yield Difference(Reason.ATTEMPT_ALTERED, number, f"{how} → {attempt.how}")


def _of_practical(practical: KeptPractical, told: Announced | None) -> Iterator[Difference]:
    number = practical.admission_number
    there = told.signatures.get(practical.id, frozenset()) if told else practical.signatures
    signed = practical.signatures | there
    altered = sorted({one.item for one in signed if one.digest != practical.sheets.get(one.item)})
    if altered:
        yield Difference(Reason.SHEET_ALTERED, number, ", ".join(altered))
    others = sorted({f"{one.item} {one.signer}" for one in practical.signatures ^ there})
    if others:
        yield Difference(Reason.SIGNATURE_ALTERED, number, ", ".join(others))
    if practical.ended is not None and practical.ended.said != practical.again:
        yield Difference(Reason.OUTCOME_ALTERED, number, "exams.practical_outcomes")
    if told is not None and not _is_end_as_told(practical.ended, told.ends.get(practical.id)):
        yield Difference(Reason.OUTCOME_ALTERED, number, "audit")


def _is_end_as_told(ended: Ended | None, told: Mapping[str, Any] | None) -> bool:
    if ended is None or told is None:
        return (ended is None) == (told is None)
    if "outcome_digest" in told:
        return bool(told["outcome_digest"] == ended.digest)
    # The first version told the points themselves.
    return ended.said == (Decimal(told["total"]), told["is_vetoed"], told["is_passed"])


def _of_result(kept: KeptCandidate, told: Announced | None) -> Iterator[Difference]:
    number, recorded = kept.admission_number, kept.recorded
    if recorded is None:
        if kept.again is not None:
            yield Difference(Reason.RESULT_MISSING, number)
        return
    if kept.again is None:
        yield Difference(Reason.RESULT_UNEXPECTED, number)
    elif kept.again != recorded:
        yield Difference(Reason.RESULT_ALTERED, number, f"{recorded} ≠ {kept.again}")
    if told is not None:
        yield from _of_releases(kept, recorded, told)


def _of_releases(kept: KeptCandidate, recorded: Marked, told: Announced) -> Iterator[Difference]:
    """Each revision is what was released; one that takes another's place was released, or is none."""
    number = kept.admission_number
    for result_id, marked in (*((one.id, one.was) for one in kept.earlier), (kept.result_id, recorded)):
        released = told.releases.get(result_id) if result_id else None
        if released and (released.score, released.passed) != (marked.score, marked.passed):
            yield Difference(Reason.RELEASE_ALTERED, number, f"{marked} ≠ {released}")
        if released is None and kept.earlier:
            yield Difference(Reason.RESULT_UNEXPECTED, number)


def revised(kept: Kept) -> Iterator[Revised]:
    """Each time that a result was revised, with what it was before."""
    for one in kept.candidates:
        if one.recorded is None:
            continue
        later = (*(each.was for each in one.earlier[1:]), one.recorded)
        for place, (before, after) in enumerate(zip(one.earlier, later, strict=False)):
            yield Revised(one.admission_number, place + 2, before.was, after, before.because)
