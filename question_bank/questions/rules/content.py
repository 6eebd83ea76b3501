r"""What a question says, as a value that never changes, and the bytes and digest that stand for it.

The canonical bytes are the JSON of the question with sorted keys, no spaces and UTF-8 text (no ``\u`` escapes); the
digest is the SHA-256 of those bytes in lower-case hexadecimal. Anybody can compute it without our code.
"""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NewType
from uuid import UUID

from kernel.lasting import canonical_json, lasting

VersionId = NewType("VersionId", UUID)

LAYOUT = lasting("question_bank.question")
LETTERS = "ABCDEF"
TRUE, FALSE = "T", "F"


class Kind(StrEnum):
    """The kinds a theory paper may hold, in the order in which a paper shows them."""

    TRUE_FALSE = "true_false"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"


KIND_NAMES: dict[Kind, dict[str, str]] = {
    Kind.TRUE_FALSE: {"zh": "判断题", "en": "True/false"},
    Kind.SINGLE_CHOICE: {"zh": "单选题", "en": "Single choice"},
    Kind.MULTIPLE_CHOICE: {"zh": "多选题", "en": "Multiple choice"},
}


class Depth(StrEnum):
    """How well the outline wants a thing known: 了解, 掌握, 熟练掌握."""

    KNOW = "know"
    MASTER = "master"
    PROFICIENT = "proficient"


DEPTH_NAMES: dict[Depth, dict[str, str]] = {
    Depth.KNOW: {"zh": "了解", "en": "Know"},
    Depth.MASTER: {"zh": "掌握", "en": "Master"},
    Depth.PROFICIENT: {"zh": "熟练掌握", "en": "Proficient"},
}


@dataclass(frozen=True, slots=True)
class Question:
    """The whole content of one version, key included. It never goes to a candidate: see `PresentedQuestion`.

    `options` are lettered A, B, C … by position and empty for true/false; `key` holds letters, or T or F.
    `difficulty` is the author's first estimate of the share of prepared candidates who answer right.
    """

    kind: Kind
    point: str
    depth: Depth
    difficulty: Decimal
    stem: str
    options: tuple[str, ...]
    key: frozenset[str] = field(repr=False)  # not even a log or a traceback tells it
    reason: str = field(repr=False)
    source: str

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters an answer may name."""
        return (TRUE, FALSE) if self.kind is Kind.TRUE_FALSE else tuple(LETTERS[: len(self.options)])

    def canonical_bytes(self) -> bytes:
        """The one byte form of this content, sealed at rest and digested."""
        return canonical_json(
            LAYOUT.written(
                {
                    "kind": self.kind.value,
                    "point": self.point,
                    "depth": self.depth.value,
                    "difficulty": str(self.difficulty),
                    "stem": self.stem,
                    "options": list(self.options),
                    "key": sorted(self.key),
                    "reason": self.reason,
                    "source": self.source,
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
            kind=Kind(fields["kind"]),
            point=fields["point"],
            depth=Depth(fields["depth"]),
            difficulty=Decimal(fields["difficulty"]),
            stem=fields["stem"],
            options=tuple(fields["options"]),
            key=frozenset(fields["key"]),
            reason=fields["reason"],
            source=fields["source"],
        )
