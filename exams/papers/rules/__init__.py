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
from exams.papers.rules.seeds import SECRET_BYTES, candidate_seed, commitment, keeps_promise, layout_seed
from exams.papers.rules.verification import (
    Announced,
    Reason,
    RecordedDraw,
    StoredPaper,
    announced_differences,
    draw_differences,
    promise_differences,
)

__all__ = [
    "METHOD",
    "SECRET_BYTES",
    "Announced",
    "Blueprint",
    "DrawnQuestion",
    "Ground",
    "Marking",
    "Paper",
    "PaperItem",
    "Reason",
    "RecordedDraw",
    "Section",
    "StoredPaper",
    "announced_differences",
    "candidate_seed",
    "commitment",
    "document",
    "document_digest",
    "draw",
    "draw_differences",
    "draw_paper",
    "keeps_promise",
    "layout_seed",
    "papers_digest",
    "promise_differences",
    "require_enough",
    "shape",
]
