r"""A pool: the approved versions of one bank at one moment, and the digest that fixes them.

The digest is the SHA-256 of one line for each version, ``<version id>:<content digest>\n``, the lines sorted. The
content digest covers kind and knowledge point, so the digest fixes all that a draw depends on.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from question_bank.questions.rules import Kind, Question, VersionId


@dataclass(frozen=True, slots=True)
class PoolMember:
    """One version as a draw needs it: what cell it fills and how many options there are to shuffle; no content."""

    version_id: VersionId
    kind: Kind
    point: str
    options: int
    content_digest: str

    def as_json(self) -> list[str | int]:
        return [str(self.version_id), self.kind.value, self.point, self.options, self.content_digest]

    def names(self, question: Question) -> bool:
        """Whether `question` is the one that this member stands for, in all that a draw takes from here."""
        said = (question.kind, question.point, len(question.options), question.digest())
        return said == (self.kind, self.point, self.options, self.content_digest)

    @classmethod
    def from_json(cls, fields: list[str | int]) -> "PoolMember":
        version_id, kind, point, options, content_digest = fields
        return cls(VersionId(UUID(str(version_id))), Kind(str(kind)), str(point), int(options), str(content_digest))


@dataclass(frozen=True, slots=True)
class Pool:
    """Members are kept in the order of their ids, so that one set of versions is one value."""

    bank: str
    members: tuple[PoolMember, ...]

    @classmethod
    def of(cls, bank: str, members: Iterable[PoolMember]) -> "Pool":
        return cls(bank, tuple(sorted(members, key=lambda member: str(member.version_id))))

    def digest(self) -> str:
        """SHA-256 in hexadecimal over the sorted lines of version id and content digest."""
        lines = sorted(f"{member.version_id}:{member.content_digest}\n" for member in self.members)
        return hashlib.sha256("".join(lines).encode()).hexdigest()
