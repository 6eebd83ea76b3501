"""Papers, what candidates were shown of them, and the evidence of their draw."""

import json
from typing import Any
from uuid import UUID

from exams.papers.rules import (
    METHOD,
    Blueprint,
    Paper,
    RecordedDraw,
    StoredPaper,
    commitment,
    document,
    document_digest,
    draw_differences,
    draw_paper,
    keeps_promise,
    papers_digest,
)
from exams.papers.rules.blueprint import LAYOUT as BLUEPRINT
from exams.papers.rules.paper import DOCUMENT, PAPER
from question_bank.pools.rules import Pool
from question_bank.questions.rules import Question, VersionId
from tests.golden.specimens.question_bank import ground, shape
from tests.golden.specimens.what import SECRET, SITTING, Content, Specimen, hold


def write_paper() -> dict[str, Any]:
    made = draw_paper(ground(), SECRET, "10001")
    return {"content": made.canonical_bytes().decode(), "digest": made.digest()}


def verify_paper(kept: Content) -> None:
    read = Paper.from_bytes(kept["content"].encode())
    hold(len(read.items) == 10, "a paper lost questions")
    if json.loads(kept["content"])["format"] == PAPER.format:
        hold(read.digest() == kept["digest"], "a paper has another digest")


def write_document() -> dict[str, Any]:
    stands = ground()
    shown = document(draw_paper(stands, SECRET, "10001"), stands.questions)
    return {"content": shown.decode(), "digest": document_digest(shown)}


def verify_document(kept: Content) -> None:
    DOCUMENT.read(json.loads(kept["content"]))
    hold(document_digest(kept["content"].encode()) == kept["digest"], "a document has another digest")


def write_draw() -> dict[str, Any]:
    """The evidence of a draw: everything from which it is derived again."""
    stands = ground()
    paper = draw_paper(stands, SECRET, "10001")
    shown = document(paper, stands.questions)
    digests = {"10001": [paper.digest(), document_digest(shown)]}
    return {
        "secret": SECRET.hex(),
        "commitment": commitment(SECRET, SITTING),
        "method": METHOD,
        "blueprint": stands.blueprint.as_json(),
        "blueprint_digest": stands.blueprint_digest,
        "pool": stands.pool.as_json(),
        "pool_digest": stands.pool_digest,
        "questions": {str(id_): it.canonical_bytes().decode() for id_, it in stands.questions.items()},
        "papers": digests,
        "papers_digest": papers_digest(digests),
        "paper": paper.canonical_bytes().decode(),
        "document": shown.decode(),
    }


def verify_draw(kept: Content) -> None:
    secret = bytes.fromhex(kept["secret"])
    recorded = RecordedDraw(
        sitting_id=SITTING,
        method=kept["method"],
        blueprint=Blueprint.from_json(kept["blueprint"]),
        blueprint_digest=kept["blueprint_digest"],
        pool=Pool.from_json(kept["pool"]),
        pool_digest=kept["pool_digest"],
        papers={number: (digests[0], digests[1]) for number, digests in kept["papers"].items()},
    )
    questions = {VersionId(UUID(id_)): Question.from_bytes(it.encode()) for id_, it in kept["questions"].items()}
    stored = {"10001": StoredPaper(kept["paper"].encode(), kept["document"].encode())}
    hold(keeps_promise(secret, SITTING, kept["commitment"]), "a secret does not keep its promise")
    hold(papers_digest(kept["papers"]) == kept["papers_digest"], "papers have another digest")
    differences = list(draw_differences(secret, recorded, questions, stored))
    hold(not differences, f"a draw is not derived again: {differences}")


def write_blueprint() -> dict[str, Any]:
    return {"content": shape().as_json(), "digest": shape().digest()}


def verify_blueprint(kept: Content) -> None:
    hold(Blueprint.from_json(kept["content"]).digest() == kept["digest"], "a blueprint has another digest")


SPECIMENS = (
    Specimen(PAPER.name, PAPER.format, write_paper, verify_paper),
    Specimen(DOCUMENT.name, DOCUMENT.format, write_document, verify_document),
    Specimen(BLUEPRINT.name, BLUEPRINT.format, write_blueprint, verify_blueprint),
    Specimen("exams.draw", METHOD, write_draw, verify_draw),
)
