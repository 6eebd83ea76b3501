"""Kinds of post in an enterprise, and what the law asks of whoever works there, by date."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostRequirement:
    """What one kind of post demands between two days (both included)."""

    valid_from: date
    valid_until: date | None
    qualifications: tuple[str, ...]  # every one of them
    new_worker_training: bool  # the three levels: factory, workshop, team
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post with its usual other names, which serve only to suggest it."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    requirements: tuple[PostRequirement, ...]

    def requirement(self, on: date) -> PostRequirement | None:
        """What is demanded on this day; None before the first rule came into force."""
        for each in self.requirements:
            if each.valid_from <= on and (each.valid_until is None or on <= each.valid_until):
                return each
        return None
