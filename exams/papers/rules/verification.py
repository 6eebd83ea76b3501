"""Draw every paper again and say what differs. Pure: from what was recorded and what is stored to differences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from exams.papers.rules.blueprint import Blueprint
from exams.papers.rules.draw import METHODS
from exams.papers.rules.paper import Ground, Paper, document, document_digest, draw_paper
from exams.papers.rules.seeds import candidate_seed, keeps_promise
from exams.verification.rules import Difference, Told, in_order
from exams.verification.rules import Reason as WhyItDiffers
from kernel.errors import N_
from kernel.lasting import FormatUnknown
from question_bank.pools.rules import Pool
from question_bank.questions.rules import Question, VersionId


class Reason(WhyItDiffers):
    """Why a paper, or a whole draw, does not agree with its promise."""

    PROMISE_LATE = ("promise_late", N_("The secret was promised after the draw (%(detail)s)."))
    NOT_SEALED = ("not_sealed", N_("The audit of %(detail)s is not sealed; its order proves nothing yet."))
    SECRET_MISMATCH = (
        "secret_mismatch",
        N_("The revealed secret does not keep the promise recorded in %(detail)s."),
    )
    BLUEPRINT_CHANGED = ("blueprint_changed", N_("The recorded blueprint %(detail)s was changed after the draw."))
    POOL_CHANGED = ("pool_changed", N_("The recorded pool of %(detail)s was changed after the draw."))
    METHOD_UNKNOWN = ("method_unknown", N_("Papers were drawn by method %(detail)s, which this release does not know."))
    QUESTION_CHANGED = (
        "question_changed",
        N_("Paper %(admission)s asks a question that is gone or was changed: %(detail)s."),
    )
    QUESTION_LOST = (
        "question_lost",
        N_("Version %(detail)s of the pool is gone, does not open or says something else now."),
    )
    PAPER_MISSING = ("paper_missing", N_("Paper %(admission)s was drawn and is missing."))
    PAPER_UNEXPECTED = ("paper_unexpected", N_("Paper %(admission)s is stored but was never drawn."))
    PAPER_UNREADABLE = ("paper_unreadable", N_("Paper %(admission)s does not open: its seal is broken."))
    PAPER_ALTERED = ("paper_altered", N_("Paper %(admission)s differs from its draw at question %(detail)s."))
    DOCUMENT_ALTERED = ("document_altered", N_("What candidate %(admission)s was shown differs from the paper."))
    RECORD_ALTERED = ("record_altered", N_("The record of %(detail)s%(admission)s differs from what was drawn."))


@dataclass(frozen=True, slots=True)
class RecordedDraw:
    """What was written down when papers were drawn; `papers` maps admission number to (paper, document) digests."""

    sitting_id: UUID
    method: int
    blueprint: Blueprint
    blueprint_digest: str
    pool: Pool
    pool_digest: str
    papers: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Announced:
    """What the audit says about a sitting: every commitment, and draw id -> `papers_digest`."""

    commitments: tuple[Told, ...]
    draws: Mapping[UUID, Told]


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


def announced_differences(
    secret: bytes, sitting_id: UUID, announced: Announced, drawn: Mapping[UUID, str]
) -> Iterator[Difference]:
    """Does what is stored agree with what was announced when it happened; `drawn` maps draw id to `papers_digest`."""
    if len(announced.commitments) == 1:
        yield from promise_differences(secret, sitting_id, {"audit": announced.commitments[0].text})
        yield from _order_differences(announced.commitments[0], announced.draws)
    else:
        yield Difference(Reason.SECRET_MISMATCH, detail=f"{len(announced.commitments)} commitments in the audit")
    told = {draw_id: draw.text for draw_id, draw in announced.draws.items()}
    for draw_id in sorted(told.keys() | drawn.keys(), key=str):
        if told.get(draw_id) != drawn.get(draw_id):
            yield Difference(Reason.RECORD_ALTERED, detail=f"draw {draw_id}")


def _order_differences(promise: Told, draws: Mapping[UUID, Told]) -> Iterator[Difference]:
    for draw_id, drawn in sorted(draws.items()):
        if promise.position is None or drawn.position is None:
            yield Difference(Reason.NOT_SEALED, detail=f"draw {draw_id}")
        elif not in_order(promise, drawn):
            yield Difference(Reason.PROMISE_LATE, detail=f"audit, draw {draw_id}")


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
    yield from (Difference(Reason.QUESTION_LOST, detail=str(version)) for version in sorted(altered, key=str))
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
        hit = _drawn(recorded.method, ground, secret, admission) & altered if altered else frozenset()
        if hit:
            yield Difference(Reason.QUESTION_CHANGED, admission, ", ".join(sorted(map(str, hit))))
        else:
            paper = draw_paper(ground, secret, admission, method=recorded.method)
            shown = document(paper, questions)
            yield from _paper_differences(admission, paper, shown, recorded.papers[admission], stored[admission])


def _ground_differences(recorded: RecordedDraw) -> Iterator[Difference]:
    if recorded.method not in METHODS:
        yield Difference(Reason.METHOD_UNKNOWN, detail=str(recorded.method))
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


def _drawn(method: int, ground: Ground, secret: bytes, admission: str) -> frozenset[VersionId]:
    places = METHODS[method](ground.blueprint, ground.pool, candidate_seed(secret, admission))
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
    except (FormatUnknown, ValueError, KeyError, TypeError):
        return ""
    pairs = zip(paper.items, other.items, strict=False)
    return ", ".join(str(mine.number) for mine, theirs in pairs if mine != theirs)
