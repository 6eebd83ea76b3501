"""Draft, reviewed, approved: by three people. A version's content never changes; what is wrong is written anew.

    draft ──review──▶ reviewed ──approve──▶ approved ──supersede──▶ superseded   (a newer version took its place)
      └──────return────┴──▶ returned           └─────suspend──────▶ suspended    (found wrong in use)

Rule: separation of the people who write, review and approve (issue of the first release, section 3, "People").
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from question_bank.review.errors import (
    AuthorApproves,
    AuthorReviews,
    NotAtThisStep,
    ReasonMissing,
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


REMARK_MOST_CHARACTERS = 500


def remark_of(typed: str) -> str:
    """What a person remarked, without signs that cannot be printed. Raises RemarkTooLong."""
    remark = "".join(sign for sign in typed if sign.isprintable() or sign == "\n").strip()
    if len(remark) > REMARK_MOST_CHARACTERS:
        raise RemarkTooLong(most=REMARK_MOST_CHARACTERS)
    return remark


@dataclass(frozen=True, slots=True)
class Review:
    """Who has done what to one version. Persons are ids; each step returns the next value or raises."""

    author: UUID
    state: State = State.DRAFT
    reviewer: UUID | None = None
    approver: UUID | None = None

    def review(self, person: UUID) -> "Review":
        """A second person finds the question right."""
        self._must_be(State.DRAFT)
        if person == self.author:
            raise AuthorReviews
        return replace(self, state=State.REVIEWED, reviewer=person)

    def approve(self, person: UUID) -> "Review":
        """A third person lets it be asked; from here on it is frozen."""
        self._must_be(State.REVIEWED)
        if person == self.author:
            raise AuthorApproves
        if person == self.reviewer:
            raise ReviewerApproves
        return replace(self, state=State.APPROVED, approver=person)

    def send_back(self, person: UUID, reason: str) -> "Review":
        """The reviewer or the approver finds a fault; the author writes a new version."""
        self._must_be(State.DRAFT, State.REVIEWED)
        if person == self.author:
            raise AuthorReviews
        if not reason.strip():
            raise ReasonMissing
        return replace(self, state=State.RETURNED)

    def suspend(self, reason: str) -> "Review":
        """Found wrong in use: it is drawn no more. Papers already drawn keep it."""
        self._must_be(State.APPROVED)
        if not reason.strip():
            raise ReasonMissing
        return replace(self, state=State.SUSPENDED)

    def supersede(self) -> "Review":
        """A newer version of the same question was approved."""
        self._must_be(State.APPROVED)
        return replace(self, state=State.SUPERSEDED)

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise NotAtThisStep
