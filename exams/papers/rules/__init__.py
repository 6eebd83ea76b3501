"""Blueprint, draw, paper, seeds and verification. Pure: no clock, no database, no randomness but the seed given."""

from exams.papers.rules.blueprint import Blueprint, Marking, Section
from exams.papers.rules.draw import METHOD, DrawnQuestion, draw, require_enough
from exams.papers.rules.paper import (
    Ground,
    Paper,
    PaperItem,
    document,
    document_digest,
    draw_paper,
    papers_digest,
    shape,
)
from exams.papers.rules.seeds import SECRET_BYTES, candidate_seed, commitment, keeps_promise
from exams.papers.rules.verification import (
    SENTENCES,
    Announced,
    Difference,
    Reason,
    RecordedDraw,
    StoredPaper,
    Told,
    announced_differences,
    draw_differences,
    in_order,
    promise_differences,
)

__all__ = [
    "METHOD",
    "SECRET_BYTES",
    "SENTENCES",
    "Announced",
    "Blueprint",
    "Difference",
    "DrawnQuestion",
    "Ground",
    "Marking",
    "Paper",
    "PaperItem",
    "Reason",
    "RecordedDraw",
    "Section",
    "StoredPaper",
    "Told",
    "announced_differences",
    "candidate_seed",
    "commitment",
    "document",
    "document_digest",
    "draw",
    "draw_differences",
    "draw_paper",
    "in_order",
    "keeps_promise",
    "papers_digest",
    "promise_differences",
    "require_enough",
    "shape",
]
