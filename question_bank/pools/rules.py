r"""A pool: the approved versions of one bank at one moment, and the digest that fixes them.

The digest is the SHA-256 of one line for each version, ``<version id>:<content digest>\n``, the lines sorted. The
content digest covers kind and knowledge point, so the digest fixes all that a draw depends on.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.lasting import lasting
from question_bank.questions.rules import Question, VersionId

LAYOUT = lasting("question_bank.pool")


@dataclass(frozen=True, slots=True)
class PoolMember:
    """One version as a draw needs it: what cell it fills, and the digest of what it says; no content."""

    version_id: VersionId
    kind: str
    point: str
    content_digest: str

    def as_json(self) -> dict[str, str]:
        return {
            "version": str(self.version_id),
            "kind": self.kind,
            "point": self.point,
            "digest": self.content_digest,
        }

    def names(self, question: Question) -> bool:
        """Whether `question` is the one that this member stands for, in all that a draw takes from here."""
        return (question.kind, question.point, question.digest()) == (self.kind, self.point, self.content_digest)

    @classmethod
    def from_json(cls, fields: Mapping[str, str]) -> "PoolMember":
        return cls(VersionId(UUID(fields["version"])), fields["kind"], fields["point"], fields["digest"])


@dataclass(frozen=True, slots=True)
class Pool:
    """Members are kept in the order of their ids, so that one set of versions is one value."""

    bank: str
    members: tuple[PoolMember, ...]

    @classmethod
    def of(cls, bank: str, members: Iterable[PoolMember]) -> "Pool":
        return cls(bank, tuple(sorted(members, key=lambda member: str(member.version_id))))

    def as_json(self) -> dict[str, Any]:
        """The pool as it is recorded with each draw; `from_json` reads it back."""
        return LAYOUT.written({"bank": self.bank, "members": [member.as_json() for member in self.members]})

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Pool":
        """Read what `as_json` wrote. Raises FormatUnknown."""
        read = LAYOUT.read(fields)
        return cls.of(read["bank"], [PoolMember.from_json(member) for member in read["members"]])

    def digest(self) -> str:
        """SHA-256 in hexadecimal over the sorted lines of version id and content digest."""
        lines = sorted(f"{member.version_id}:{member.content_digest}\n" for member in self.members)
        return hashlib.sha256("".join(lines).encode()).hexdigest()
