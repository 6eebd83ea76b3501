"""Facts about questions. They name versions and people, never what a question says, nor what is said about it.

The registry reads the audit and must not learn from a reviewer's words what a question asks; those words are sealed
with the step of the review.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDrafted(Event):
    NAME: ClassVar[str] = "question_bank.version_drafted"

    version_id: UUID
    reference: str
    number: int
    author_id: UUID
    content_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReviewed(Event):
    NAME: ClassVar[str] = "question_bank.version_reviewed"

    version_id: UUID
    reviewer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionApproved(Event):
    NAME: ClassVar[str] = "question_bank.version_approved"

    version_id: UUID
    approver_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReturned(Event):
    NAME: ClassVar[str] = "question_bank.version_returned"

    version_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSuspended(Event):
    NAME: ClassVar[str] = "question_bank.version_suspended"

    version_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsLoaded(Event):
    """A bank's file brought new versions into use; one fact for all, with those who stand for them."""

    NAME: ClassVar[str] = "question_bank.versions_loaded"

    bank: str
    versions: int
    author_id: UUID
    reviewer_id: UUID
    approver_id: UUID
