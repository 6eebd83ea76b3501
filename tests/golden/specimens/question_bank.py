"""Questions, and the pools that papers are drawn from."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from exams.papers.rules import (
    Blueprint,
    Ground,
    Marking,
    Section,
)
from question_bank.kinds import KINDS
from question_bank.pools.rules import LAYOUT as QUESTION_POOL
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import Depth, Question, VersionId
from question_bank.questions.rules.content import LAYOUT as QUESTION
from tests.cast.specimens import SPECIMENS as SPOKEN
from tests.golden.specimens.what import SITTING, Content, Specimen, hold


def question(number: int = 1, kind: str = "single_choice") -> Question:
    content = KINDS[kind].take(SPOKEN[kind].written(number), {})
    return Question(kind, "P1", Depth.MASTER, Decimal("0.75"), f"触电后 {number}？", content, "先脱离电源", "教材通识")


def bank() -> dict[VersionId, Question]:
    kinds = [kind for kind in KINDS for _ in range(4)]
    return {VersionId(UUID(int=number)): question(number, kind) for number, kind in enumerate(kinds, start=1)}


def shape() -> Blueprint:
    sections = tuple(Section(kind, Decimal(2), Marking.PROPORTIONAL, (("P1", 2),)) for kind in KINDS)
    return Blueprint("specimen", "bank", "样卷", "Specimen", "test", demonstration=True, sections=sections)


def ground() -> Ground:
    questions = bank()
    members = [PoolMember(id_, it.kind, it.point, it.digest()) for id_, it in questions.items()]
    return Ground.of(SITTING, shape(), Pool.of("bank", members), questions)


def write_pool() -> dict[str, Any]:
    pool = ground().pool
    return {"content": pool.as_json(), "digest": pool.digest()}


def verify_pool(kept: Content) -> None:
    hold(Pool.from_json(kept["content"]).digest() == kept["digest"], "a pool has another digest")


def write_question() -> dict[str, Any]:
    made = question()
    return {"content": made.canonical_bytes().decode(), "digest": made.digest()}


def verify_question(kept: Content) -> None:
    read = Question.from_bytes(kept["content"].encode())
    hold(read.stem, "a question says nothing")
    if json.loads(kept["content"])["format"] == QUESTION.format:
        hold(read.canonical_bytes().decode() == kept["content"], "a question is not written as it was")
        hold(read.digest() == kept["digest"], "a question has another digest")


SPECIMENS = (
    Specimen(QUESTION.name, QUESTION.format, write_question, verify_question),
    Specimen(QUESTION_POOL.name, QUESTION_POOL.format, write_pool, verify_pool),
)
