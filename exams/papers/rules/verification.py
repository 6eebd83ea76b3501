"""Draw every paper again and say what differs. Pure: from what was recorded and what is stored to differences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from exams.papers.rules.blueprint import Blueprint
from exams.papers.rules.draw import draw
from exams.papers.rules.paper import Ground, Paper, document, document_digest, draw_paper
from exams.papers.rules.seeds import candidate_seed, keeps_promise
from question_bank.pools.rules import Pool
from question_bank.questions.rules import Question, VersionId


class Reason(StrEnum):
    """Why a paper, or a whole draw, does not agree with its promise."""

    SECRET_MISMATCH = "secret_mismatch"  # noqa: S105 - a reason, not a password
    BLUEPRINT_CHANGED = "blueprint_changed"
    POOL_CHANGED = "pool_changed"
    QUESTION_CHANGED = "question_changed"
    PAPER_MISSING = "paper_missing"
    PAPER_UNEXPECTED = "paper_unexpected"
    PAPER_UNREADABLE = "paper_unreadable"
    PAPER_ALTERED = "paper_altered"
    DOCUMENT_ALTERED = "document_altered"
    RECORD_ALTERED = "record_altered"


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement. Without an admission number it concerns the whole draw."""

    reason: Reason
    admission_number: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RecordedDraw:
    """What was written down when papers were drawn; `papers` maps admission number to (paper, document) digests."""

    sitting_id: UUID
    blueprint: Blueprint
    blueprint_digest: str
    pool: Pool
    pool_digest: str
    papers: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """What is stored for one candidate; None where the seal does not open."""

    paper: bytes | None
    document: bytes | None


def promise_differences(secret: bytes, sitting_id: UUID, promises: Mapping[str, str]) -> Iterator[Difference]:
    """Does the secret keep each promise made about it (place of the record -> commitment)."""
    for place, promised in promises.items():
        if not keeps_promise(secret, sitting_id, promised):
            yield Difference(Reason.SECRET_MISMATCH, detail=place)


def draw_differences(
    secret: bytes,
    recorded: RecordedDraw,
    questions: Mapping[VersionId, Question],
    stored: Mapping[str, StoredPaper],
) -> Iterator[Difference]:
    """Every difference of one draw.

    Args:
        secret: the revealed secret of the sitting.
        recorded: the draw as it was written down.
        questions: the content of the pool's versions as it is in the bank now.
        stored: the papers that are stored for this draw, by admission number.
    """
    altered = _altered(recorded, questions)
    yield from (Difference(Reason.QUESTION_CHANGED, detail=str(version)) for version in sorted(altered, key=str))
    for admission in sorted(stored.keys() - recorded.papers.keys()):
        yield Difference(Reason.PAPER_UNEXPECTED, admission)
    for admission in sorted(recorded.papers.keys() - stored.keys()):
        yield Difference(Reason.PAPER_MISSING, admission)
    grounds = list(_ground_differences(recorded))
    yield from grounds
    if grounds:
        return  # what the papers stood on is not what was recorded, so none of them can be derived again
    ground = Ground.of(recorded.sitting_id, recorded.blueprint, recorded.pool, questions)
    for admission in sorted(recorded.papers.keys() & stored.keys()):
        hit = _drawn(ground, secret, admission) & altered if altered else frozenset()
        if hit:
            yield Difference(Reason.QUESTION_CHANGED, admission, ", ".join(sorted(map(str, hit))))
        else:
            paper = draw_paper(ground, secret, admission)
            shown = document(paper, questions)
            yield from _paper_differences(admission, paper, shown, recorded.papers[admission], stored[admission])


def _ground_differences(recorded: RecordedDraw) -> Iterator[Difference]:
    if recorded.blueprint.digest() != recorded.blueprint_digest:
        yield Difference(Reason.BLUEPRINT_CHANGED, detail=recorded.blueprint.code)
    if recorded.pool.digest() != recorded.pool_digest:
        yield Difference(Reason.POOL_CHANGED, detail=recorded.pool.bank)


def _altered(recorded: RecordedDraw, questions: Mapping[VersionId, Question]) -> frozenset[VersionId]:
    """Versions of the pool that are gone, do not open, or no longer say what they said."""
    return frozenset(
        member.version_id
        for member in recorded.pool.members
        if member.version_id not in questions or questions[member.version_id].digest() != member.content_digest
    )


def _drawn(ground: Ground, secret: bytes, admission: str) -> frozenset[VersionId]:
    places = draw(ground.blueprint, ground.pool, candidate_seed(secret, admission))
    return frozenset(place.version_id for place in places)


def _paper_differences(
    admission: str, paper: Paper, shown: bytes, digests: tuple[str, str], stored: StoredPaper
) -> Iterator[Difference]:
    if stored.paper is None or stored.document is None:
        yield Difference(Reason.PAPER_UNREADABLE, admission)
        return
    if stored.paper != paper.canonical_bytes():
        yield Difference(Reason.PAPER_ALTERED, admission, _places(paper, stored.paper))
    if stored.document != shown:
        yield Difference(Reason.DOCUMENT_ALTERED, admission)
    if digests != (paper.digest(), document_digest(shown)):
        yield Difference(Reason.RECORD_ALTERED, admission)


def _places(paper: Paper, stored: bytes) -> str:
    try:
        other = Paper.from_bytes(stored)
    except (ValueError, KeyError, TypeError):
        return ""
    pairs = zip(paper.items, other.items, strict=False)
    return ", ".join(str(mine.number) for mine, theirs in pairs if mine != theirs)
