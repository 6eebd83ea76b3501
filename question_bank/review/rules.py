"""Draft, reviewed, approved: by three people. A version's content never changes; what is wrong is written anew.

    draft ──review──▶ reviewed ──approve──▶ approved ──supersede──▶ superseded   (a newer version took its place)
      └──────return────┴──▶ returned           └─────suspend──────▶ suspended    (found wrong in use)

Rule: separation of the people who write, review and approve (issue of the first release, section 3, "People"). It holds
for the question and not only for one version of it: else the first author could judge the own text as soon as somebody
else had changed a comma.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from kernel.because import because
from kernel.errors import Problem
from question_bank.review.errors import (
    SAY_WHY,
    AuthorApproves,
    AuthorReviews,
    EarlierAuthorJudges,
    NewerInUse,
    NotAtThisStep,
    RemarkTooLong,
    ReviewerApproves,
)


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"


class Step(StrEnum):
    """What a person may do about a version that is there."""

    REVIEW = "review"
    APPROVE = "approve"
    RETURN = "return"
    SUSPEND = "suspend"


REMARK_MOST_CHARACTERS = 500


def remark_of(typed: str) -> str:
    """What a person remarked, without signs that cannot be printed. Raises RemarkTooLong."""
    remark = "".join(sign for sign in typed if sign.isprintable() or sign == "\n").strip()
    if len(remark) > REMARK_MOST_CHARACTERS:
        too_long = RemarkTooLong(most=REMARK_MOST_CHARACTERS)
        raise RemarkTooLong({"reason": too_long}, **too_long.data)
    return remark


@dataclass(frozen=True, slots=True)
class Review:
    """Who has done what to one version. Persons are ids; each step returns the next value or raises.

    `wrote_earlier` are the authors of earlier versions of the question; `newer_in_use`: a later one is approved.
    """

    author: UUID
    state: State = State.DRAFT
    reviewer: UUID | None = None
    approver: UUID | None = None
    wrote_earlier: frozenset[UUID] = frozenset()
    newer_in_use: bool = False

    def review(self, person: UUID) -> "Review":
        """A second person finds the question right."""
        self._must_be(State.DRAFT)
        self._must_not_be_overtaken()
        if person == self.author:
            raise AuthorReviews
        self._must_not_have_written_earlier(person)
        return replace(self, state=State.REVIEWED, reviewer=person)

    def approve(self, person: UUID) -> "Review":
        """A third person lets it be asked; from here on it is frozen."""
        self._must_be(State.REVIEWED)
        self._must_not_be_overtaken()
        if person == self.author:
            raise AuthorApproves
        self._must_not_have_written_earlier(person)
        if person == self.reviewer:
            raise ReviewerApproves
        return replace(self, state=State.APPROVED, approver=person)

    def send_back(self, person: UUID, reason: str) -> "Review":
        """The reviewer or the approver finds a fault; the author writes a new version."""
        self._must_be(State.DRAFT, State.REVIEWED)
        if person == self.author:
            raise AuthorReviews
        self._must_not_have_written_earlier(person)
        because(reason, SAY_WHY)
        return replace(self, state=State.RETURNED)

    def suspend(self, reason: str) -> "Review":
        """Found wrong in use: it is drawn no more. Papers already drawn keep it."""
        self._must_be(State.APPROVED)
        because(reason, SAY_WHY)
        return replace(self, state=State.SUSPENDED)

    def supersede(self) -> "Review":
        """A newer version of the same question was approved."""
        self._must_be(State.APPROVED)
        return replace(self, state=State.SUPERSEDED)

    def open_to(self, person: UUID) -> frozenset[Step]:
        """The steps that would not be refused to `person`, so that a screen offers no others."""
        reason = "any"
        attempts: dict[Step, Callable[[], Review]] = {
            Step.REVIEW: lambda: self.review(person),
            Step.APPROVE: lambda: self.approve(person),
            Step.RETURN: lambda: self.send_back(person, reason),
            Step.SUSPEND: lambda: self.suspend(reason),
        }
        return frozenset(step for step, attempt in attempts.items() if _succeeds(attempt))

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise NotAtThisStep

    def _must_not_be_overtaken(self) -> None:
        if self.newer_in_use:
            raise NewerInUse

    def _must_not_have_written_earlier(self, person: UUID) -> None:
        if person in self.wrote_earlier:
            raise EarlierAuthorJudges


def _succeeds(attempt: Callable[[], Review]) -> bool:
    try:
        attempt()
    except Problem:
        return False
    return True
