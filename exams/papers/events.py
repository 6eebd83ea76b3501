"""Facts about secrets and papers. They are the public side of a draw: promises and digests, never a question."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretCommitted(Event):
    """`commitment` is SHA-256(secret || sitting id), in hexadecimal."""

    NAME: ClassVar[str] = "exams.secret_committed"

    sitting_id: UUID
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersDrawn(Event):
    """`papers_digest` is `rules.papers_digest` over all papers and documents of this draw."""

    NAME: ClassVar[str] = "exams.papers_drawn"

    sitting_id: UUID
    draw_id: UUID
    bank: str
    blueprint_code: str
    blueprint_digest: str
    pool_digest: str
    papers: int
    papers_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRevealed(Event):
    NAME: ClassVar[str] = "exams.secret_revealed"

    sitting_id: UUID
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersVerified(Event):
    NAME: ClassVar[str] = "exams.papers_verified"

    sitting_id: UUID
    papers: int
    differences: int
