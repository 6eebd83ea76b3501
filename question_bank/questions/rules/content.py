r"""What a question says, as a value that never changes, and the bytes and digest that stand for it.

A question is a frame, the same for all kinds, around a content of its kind. The canonical bytes are the JSON of both
with sorted keys, no spaces and UTF-8 text (no ``\u`` escapes); the digest is the SHA-256 of those bytes in lower-case
hexadecimal. Anybody can compute it without our code.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from kernel.lasting import canonical_json, lasting
from question_bank.kinds import KINDS
from question_bank.kinds.protocol import Kind
from question_bank.questions.rules.translations import Translation

VersionId = NewType("VersionId", UUID)

LAYOUT = lasting("question_bank.question")


class Depth(StrEnum):
    """How well the outline wants a thing known. `depth_names` has the words, which differ by position."""

    KNOW = "know"
    MASTER = "master"
    PROFICIENT = "proficient"


OPERATOR = "special_operation"
OPERATOR_DEPTHS: dict[Depth, dict[str, str]] = {
    Depth.KNOW: {"zh": "了解", "en": "Know"},
    Depth.MASTER: {"zh": "掌握", "en": "Master"},
    Depth.PROFICIENT: {"zh": "熟练掌握", "en": "Proficient"},
}
MANAGER_DEPTHS: dict[Depth, dict[str, str]] = {
    Depth.KNOW: {"zh": "了解", "en": "Know"},
    Depth.MASTER: {"zh": "熟悉", "en": "Be familiar with"},
    Depth.PROFICIENT: {"zh": "掌握", "en": "Master"},
}


def depth_names(position: str) -> dict[Depth, dict[str, str]]:
    """The three words as the outlines of a position have them, {"zh": …, "en": …} each.

    The outlines of operators say 了解, 掌握, 熟练掌握; those of principals and safety managers 了解, 熟悉, 掌握, so
    that 掌握 is the middle of the one and the top of the other.
    """
    return OPERATOR_DEPTHS if position == OPERATOR else MANAGER_DEPTHS


@dataclass(frozen=True, slots=True)
class Question:
    """All that one version says, key included. It never goes to a candidate: see `Kind.show`.

    `content` is the value of the question's kind. `difficulty` is the author's first estimate of the share of prepared
    candidates who answer right. `translations` are by language tag, approved together with the rest.
    """

    kind: str
    point: str
    depth: Depth
    difficulty: Decimal
    stem: str
    content: Any = field(repr=False)  # it holds the key: not even a log or a traceback tells it
    reason: str = field(repr=False)
    source: str
    translations: Mapping[str, Translation] = field(default_factory=dict)

    @property
    def rules(self) -> Kind[Any]:
        """The rules of its kind."""
        return KINDS[self.kind]

    def in_language(self, tag: str) -> tuple[str, Any]:
        """Stem and content as a translation says them. Raises KeyError where there is none."""
        translation = self.translations[tag]
        return translation.stem, self.rules.say(self.content, translation.texts)

    def canonical_bytes(self) -> bytes:
        """The one byte form of this question, sealed at rest and digested."""
        return canonical_json(
            LAYOUT.written(
                {
                    "kind": self.kind,
                    "point": self.point,
                    "depth": self.depth.value,
                    "difficulty": str(self.difficulty),
                    "stem": self.stem,
                    "content": self.rules.write(self.content),
                    "reason": self.reason,
                    "source": self.source,
                    "translations": {tag: it.as_json() for tag, it in self.translations.items()},
                }
            )
        )

    def digest(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Question":
        """Read what `canonical_bytes` wrote. Raises FormatUnknown."""
        fields = LAYOUT.read(json.loads(content))
        return cls(
            kind=fields["kind"],
            point=fields["point"],
            depth=Depth(fields["depth"]),
            difficulty=Decimal(fields["difficulty"]),
            stem=fields["stem"],
            content=KINDS[fields["kind"]].read(fields["content"]),
            reason=fields["reason"],
            source=fields["source"],
            translations={tag: Translation.from_json(it) for tag, it in fields["translations"].items()},
        )
