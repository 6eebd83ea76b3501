"""A candidate's paper in two forms: `Paper`, with keys, for the server; the document, without, for the candidate."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from exams.papers.rules.blueprint import Blueprint, Marking
from exams.papers.rules.draw import METHOD, METHODS, DrawnQuestion
from exams.papers.rules.seeds import candidate_seed
from kernel.lasting import canonical_json, lasting
from question_bank.pools.rules import Pool
from question_bank.questions.rules import LETTERS, Kind, PresentedQuestion, Question, VersionId, present

PAPER = lasting("exams.paper")
DOCUMENT = lasting("exams.document")


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question of a paper. `key` and `letters` are the letters shown to this candidate, not the bank's.

    `order` says which letter of the bank stands behind each shown one, so that an answer can be traced back.
    """

    number: int
    version_id: VersionId
    kind: Kind
    point: str
    marks: Decimal
    marking: Marking
    letters: tuple[str, ...]
    order: tuple[str, ...]
    key: frozenset[str] = field(repr=False)  # not even a log or a traceback tells it


@dataclass(frozen=True, slots=True)
class Paper:
    """All that marking needs. It is sealed as soon as it is made."""

    sitting_id: UUID
    admission_number: str
    blueprint_digest: str
    pool_digest: str
    items: tuple[PaperItem, ...]

    @property
    def marks(self) -> Decimal:
        return sum((item.marks for item in self.items), Decimal(0))

    def canonical_bytes(self) -> bytes:
        """The one byte form of this paper, sealed and digested."""
        content = {
            "sitting": str(self.sitting_id),
            "admission": self.admission_number,
            "blueprint": self.blueprint_digest,
            "pool": self.pool_digest,
            "items": [_item_json(item) for item in self.items],
        }
        return canonical_json(PAPER.written(content))

    def digest(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Paper":
        """Read what `canonical_bytes` wrote. Raises FormatUnknown."""
        fields = PAPER.read(json.loads(content))
        return cls(
            sitting_id=UUID(fields["sitting"]),
            admission_number=fields["admission"],
            blueprint_digest=fields["blueprint"],
            pool_digest=fields["pool"],
            items=tuple(_item_from(item) for item in fields["items"]),
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What all papers of one draw stand on; the digests are computed once, not once a candidate."""

    sitting_id: UUID
    blueprint: Blueprint
    blueprint_digest: str
    pool: Pool
    pool_digest: str
    questions: Mapping[VersionId, Question]

    @classmethod
    def of(
        cls, sitting_id: UUID, blueprint: Blueprint, pool: Pool, questions: Mapping[VersionId, Question]
    ) -> "Ground":
        return cls(sitting_id, blueprint, blueprint.digest(), pool, pool.digest(), questions)


def draw_paper(ground: Ground, secret: bytes, admission_number: str, *, method: int = METHOD) -> Paper:
    """Draw one candidate's paper and turn the bank's keys into the letters this candidate will see."""
    drawn = METHODS[method](ground.blueprint, ground.pool, candidate_seed(secret, admission_number))
    return Paper(
        sitting_id=ground.sitting_id,
        admission_number=admission_number,
        blueprint_digest=ground.blueprint_digest,
        pool_digest=ground.pool_digest,
        items=tuple(_item(place, ground.questions[place.version_id]) for place in drawn),
    )


def document(paper: Paper, questions: Mapping[VersionId, Question]) -> bytes:
    """The candidate's document: JSON made from `PresentedQuestion` values only, so it cannot hold a key.

    ``{"format": 1, "admission": …, "marks": "100", "questions": [{"number", "kind", "marks", "stem", "options":
    [{"letter", "text"}]}]}``; true/false questions have no options and are answered T or F.
    """
    shown = [(item, present(questions[item.version_id], item.number, item.order)) for item in paper.items]
    content = {
        "admission": paper.admission_number,
        "marks": str(paper.marks),
        "questions": [_shown_json(question, item.marks) for item, question in shown],
    }
    return canonical_json(DOCUMENT.written(content))


def document_digest(shown: bytes) -> str:
    """SHA-256 of a candidate's document, in hexadecimal."""
    return hashlib.sha256(shown).hexdigest()


def papers_digest(digests: Mapping[str, Sequence[str]]) -> str:
    r"""One digest over many papers: SHA-256 of ``<admission>:<paper digest>:<document digest>\n``, lines sorted."""
    lines = sorted(f"{admission}:{paper}:{shown}\n" for admission, (paper, shown) in digests.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def shape(paper: Paper) -> tuple[str, ...]:
    """How question 1, 2, … is answered, and nothing of what is right: ``TF``, ``ABCD``, ``ABCDE+``.

    The letters that an answer may name; a plus where several may be chosen. The room of attempts reads it.
    """
    return tuple("".join(item.letters) + "+" * (item.kind is Kind.MULTIPLE_CHOICE) for item in paper.items)


def _item(place: DrawnQuestion, question: Question) -> PaperItem:
    shown = dict(zip(place.order, LETTERS, strict=False))
    return PaperItem(
        number=place.number,
        version_id=place.version_id,
        kind=place.kind,
        point=place.point,
        marks=place.marks,
        marking=place.marking,
        letters=tuple(sorted(shown.values())) or question.letters,
        order=place.order,
        key=frozenset(shown.get(letter, letter) for letter in question.key),
    )


def _item_json(item: PaperItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "version": str(item.version_id),
        "kind": item.kind.value,
        "point": item.point,
        "marks": str(item.marks),
        "marking": item.marking.value,
        "letters": "".join(item.letters),
        "order": "".join(item.order),
        "key": "".join(sorted(item.key)),
    }


def _item_from(fields: Mapping[str, Any]) -> PaperItem:
    return PaperItem(
        number=fields["number"],
        version_id=VersionId(UUID(fields["version"])),
        kind=Kind(fields["kind"]),
        point=fields["point"],
        marks=Decimal(fields["marks"]),
        marking=Marking(fields["marking"]),
        letters=tuple(fields["letters"]),
        order=tuple(fields["order"]),
        key=frozenset(fields["key"]),
    )


def _shown_json(question: PresentedQuestion, marks: Decimal) -> dict[str, Any]:
    return {
        "number": question.number,
        "kind": question.kind.value,
        "marks": str(marks),
        "stem": question.stem,
        "options": [{"letter": option.letter, "text": option.text} for option in question.options],
    }
