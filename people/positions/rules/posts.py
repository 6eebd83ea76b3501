"""Kinds of post in an enterprise, and what the law asks of whoever works there, by date."""

from dataclasses import dataclass
from datetime import date

from kernel.law import Book, Confidence, Dated, Region
from kernel.names import Names


@dataclass(frozen=True, slots=True)
class PostRequirement(Dated):
    """What one kind of post demands between two days, in a region or everywhere."""

    qualifications: tuple[str, ...]  # every one of them
    new_worker_training: bool  # the three levels: factory, workshop, team
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post with its usual other names, which serve only to suggest it."""

    code: str
    names: Names
    aliases: tuple[str, ...]
    requirements: Book[PostRequirement]

    def requirement(self, on: date, region: Region | None = None) -> PostRequirement | None:
        """What is demanded on this day; None before the first rule came into force."""
        return self.requirements.in_force(self.code, on, region)
