"""A candidate's paper in two forms: `Paper`, with layouts, for the server; the document, without, for the candidate.

Neither holds a key: a paper names versions of questions with the digests of what they said, and says how each was laid
out for this candidate. Marking opens the questions in the bank. A layout may give a key away (the right order of steps
is the order in the bank), so the paper is sealed all the same.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from exams.papers.rules.blueprint import Blueprint, Marking
from exams.papers.rules.draw import METHOD, METHODS, DrawnQuestion
from exams.papers.rules.seeds import candidate_seed, layout_seed
from kernel.chance import Chance
from kernel.lasting import canonical_json, lasting
from question_bank.kinds.protocol import Layout, Shape
from question_bank.pools.rules import Pool
from question_bank.questions.rules import LANGUAGES, ORIGINAL, Question, VersionId

PAPER = lasting("exams.paper")
DOCUMENT = lasting("exams.document")


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question of a paper, and how it was laid out for this candidate."""

    number: int
    version_id: VersionId
    content_digest: str
    kind: str
    point: str
    marks: Decimal
    marking: Marking
    layout: Layout = field(repr=False)  # not even a log or a traceback tells it


@dataclass(frozen=True, slots=True)
class Paper:
    """All that marking needs beside the questions. It is sealed as soon as it is made.

    `languages`: the tags in which the whole paper can be read, the bank's own first.
    """

    sitting_id: UUID
    admission_number: str
    blueprint_digest: str
    pool_digest: str
    languages: tuple[str, ...]
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
            "languages": list(self.languages),
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
            languages=tuple(fields["languages"]),
            items=tuple(_item_from(item) for item in fields["items"]),
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What every paper of one draw stands on."""

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
    """Draw one candidate's paper, and lay out each of its questions."""
    drawn = METHODS[method](ground.blueprint, ground.pool, candidate_seed(secret, admission_number))
    questions = [ground.questions[place.version_id] for place in drawn]
    return Paper(
        sitting_id=ground.sitting_id,
        admission_number=admission_number,
        blueprint_digest=ground.blueprint_digest,
        pool_digest=ground.pool_digest,
        languages=_languages(questions),
        items=tuple(
            _item(place, question, Chance(layout_seed(secret, admission_number, place.number)))
            for place, question in zip(drawn, questions, strict=True)
        ),
    )


def document(paper: Paper, questions: Mapping[VersionId, Question]) -> bytes:
    """The candidate's document: JSON made from stems and from what kinds show, so it cannot hold a key.

    ``{"format": 1, "admission": …, "marks": "100", "languages": [{"tag", "name", "direction"}], "questions":
    [{"number", "kind", "marks", "stem", "shown", "translations": {tag: {"stem", "shown"}}}]}``; what ``shown`` holds
    is the kind's own matter.
    """
    content = {
        "admission": paper.admission_number,
        "marks": str(paper.marks),
        "languages": [_language_json(tag) for tag in paper.languages],
        "questions": [_shown_json(item, questions[item.version_id], paper.languages) for item in paper.items],
    }
    return canonical_json(DOCUMENT.written(content))


def document_digest(shown: bytes) -> str:
    """SHA-256 of a candidate's document, in hexadecimal."""
    return hashlib.sha256(shown).hexdigest()


def papers_digest(digests: Mapping[str, Sequence[str]]) -> str:
    r"""One digest over many papers: SHA-256 of ``<admission>:<paper digest>:<document digest>\n``, lines sorted."""
    lines = sorted(f"{admission}:{paper}:{shown}\n" for admission, (paper, shown) in digests.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def shape(paper: Paper, questions: Mapping[VersionId, Question]) -> tuple[Shape, ...]:
    """What answers fit question 1, 2, …: the kind, and its own shape. Nothing of what is right.

    The room of attempts reads it.
    """
    asked = [questions[item.version_id] for item in paper.items]
    return tuple({"kind": question.kind} | question.rules.shape(question.content) for question in asked)


def _languages(questions: Sequence[Question]) -> tuple[str, ...]:
    """A paper is offered in a language as a whole or not at all: nobody should have to change in the middle."""
    return (ORIGINAL, *(tag for tag in LANGUAGES if questions and all(tag in it.translations for it in questions)))


def _item(place: DrawnQuestion, question: Question, chance: Chance) -> PaperItem:
    return PaperItem(
        number=place.number,
        version_id=place.version_id,
        content_digest=place.content_digest,
        kind=place.kind,
        point=place.point,
        marks=place.marks,
        marking=place.marking,
        layout=question.rules.lay_out(question.content, chance),
    )


def _item_json(item: PaperItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "version": str(item.version_id),
        "digest": item.content_digest,
        "kind": item.kind,
        "point": item.point,
        "marks": str(item.marks),
        "marking": item.marking.value,
        "layout": item.layout,
    }


def _item_from(fields: Mapping[str, Any]) -> PaperItem:
    return PaperItem(
        number=fields["number"],
        version_id=VersionId(UUID(fields["version"])),
        content_digest=fields["digest"],
        kind=fields["kind"],
        point=fields["point"],
        marks=Decimal(fields["marks"]),
        marking=Marking(fields["marking"]),
        layout=fields["layout"],
    )


def _shown_json(item: PaperItem, question: Question, languages: Sequence[str]) -> dict[str, Any]:
    said = {tag: question.in_language(tag) for tag in languages if tag != ORIGINAL}
    return {
        "number": item.number,
        "kind": item.kind,
        "marks": str(item.marks),
        "stem": question.stem,
        "shown": question.rules.show(question.content, item.layout),
        "translations": {
            tag: {"stem": stem, "shown": question.rules.show(content, item.layout)}
            for tag, (stem, content) in said.items()
        },
    }


def _language_json(tag: str) -> dict[str, str]:
    if tag == ORIGINAL:
        return {"tag": ORIGINAL, "name": "中文", "direction": "ltr"}
    language = LANGUAGES[tag]
    return {"tag": tag, "name": language.name, "direction": language.direction}
