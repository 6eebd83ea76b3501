"""Every write about papers: promise a secret, draw, reveal, verify."""

import gzip
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from exams.papers import queries
from exams.papers.errors import (
    AdmissionRepeated,
    NothingDrawn,
    SecretAlreadyCommitted,
    SecretAlreadyRevealed,
    SecretNotCommitted,
    SecretNotRevealed,
)
from exams.papers.events import PapersDrawn, PapersVerified, SecretCommitted, SecretRevealed
from exams.papers.rules import (
    METHOD,
    SECRET_BYTES,
    Announced,
    Blueprint,
    Ground,
    Paper,
    Reason,
    announced_differences,
    commitment,
    document,
    document_digest,
    draw_differences,
    draw_paper,
    papers_digest,
    promise_differences,
    require_enough,
    shape,
)
from exams.papers.tables import DrawRecord, PaperRecord, SecretRecord
from exams.verification.rules import Difference
from kernel import sealed
from kernel.ids import new_id
from kernel.keys import PAPERS
from kernel.work import Work, action
from people.access.rules import Permission
from question_bank.pools import queries as pools
from question_bank.questions.rules import Question, VersionId

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Admission:
    """A candidate as a draw needs them."""

    number: str
    person_id: UUID


@dataclass(frozen=True, slots=True)
class Verification:
    """How many papers were derived again, and every difference found."""

    papers: int
    differences: tuple[Difference, ...]


@action(needs=Permission.COMMIT_SECRETS)
def commit_secret(work: Work, sitting_id: UUID) -> str:
    """Make the secret of a sitting and promise it in the audit; the commitment in hexadecimal.

    Raises:
        SecretAlreadyCommitted: a second secret would let somebody choose between two draws.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    promise = commitment(secret, sitting_id)
    statement = insert(SecretRecord).values(
        sitting_id=sitting_id,
        commitment=promise,
        committed_at=work.now,
    )
    # In one statement, so that of two at the same moment the second is refused and not broken.
    if work.session.scalar(statement.on_conflict_do_nothing().returning(SecretRecord.sitting_id)) is None:
        raise SecretAlreadyCommitted
    sealed.keep(work, PAPERS, queries.SECRET, sitting_id, secret)
    work.announce(SecretCommitted(sitting_id=sitting_id, commitment=promise))
    return promise


@action(needs=Permission.DRAW_PAPERS)
def draw_papers(
    work: Work,
    sitting_id: UUID,
    *,
    blueprint: Blueprint,
    admissions: Sequence[Admission],
    progress: Progress = lambda _done, _whole: None,
) -> UUID:
    """Draw and seal one paper for each admission; the id of the draw. All of them or none.

    May be called again for candidates who were admitted later: each call is a draw of its own, recorded with the pool
    as it was then. `progress` hears (done, whole).

    Raises:
        SecretNotCommitted: no promise, or one of this same work: it must be in the audit before the draw begins.
        SecretAlreadyRevealed, AdmissionRepeated, PoolTooSmall.
    """
    secret = _secret(work, sitting_id)
    _refuse_repeated(work, sitting_id, admissions)
    pool = pools.pool(work, blueprint.bank)
    require_enough(blueprint, pool)
    ground = Ground.of(sitting_id, blueprint, pool, pools.contents(work, pool))
    draw_id = new_id()
    records, digests = [], {}
    for done, admission in enumerate(admissions, start=1):
        paper = draw_paper(ground, secret, admission.number)
        shown = document(paper, ground.questions)
        digests[admission.number] = [paper.digest(), document_digest(shown)]
        record = _sealed(work, paper, ground.questions, shown)
        record.draw_id, record.person_id, record.blueprint_code = draw_id, admission.person_id, blueprint.code
        records.append(record)
        progress(done, len(admissions))
    _record(work, draw_id, ground, digests)
    work.session.add_all(records)
    work.session.flush()  # whoever goes on in this work finds the papers
    return draw_id


@action(needs=Permission.REVEAL_SECRETS)
def reveal_secret(work: Work, sitting_id: UUID) -> str:
    """Publish the secret of a sitting that is over, in hexadecimal; from here on nothing is drawn for it.

    Raises:
        SecretNotCommitted; SealBroken when the sealed secret was tampered with.
    """
    record = work.session.get(SecretRecord, sitting_id, with_for_update=True)
    if record is None:
        raise SecretNotCommitted
    if record.revealed_secret is not None:
        return record.revealed_secret
    secret = queries.secret_of(work, sitting_id).hex()
    record.revealed_secret, record.revealed_at = secret, work.now
    work.announce(SecretRevealed(sitting_id=sitting_id, secret=secret))
    return secret


@action(needs=Permission.VERIFY_PAPERS)
def verify_papers(work: Work, sitting_id: UUID, *, announced: Announced | None = None) -> Verification:
    """Derive every paper of a sitting again and compare.

    Args:
        work: on the examination face.
        sitting_id: a sitting whose secret is revealed.
        announced: what the audit says about this sitting, where it can be read; it is out of reach of those who could
            rewrite draws and papers together.

    Raises:
        NothingDrawn, SecretNotRevealed.
    """
    record = work.session.get(SecretRecord, sitting_id)
    found = work.session.scalars(
        select(DrawRecord).where(DrawRecord.sitting_id == sitting_id).order_by(DrawRecord.id)
    ).all()
    if record is None or not found:
        raise NothingDrawn
    if record.revealed_secret is None:
        raise SecretNotRevealed
    secret = bytes.fromhex(record.revealed_secret)
    differences = list(promise_differences(secret, sitting_id, {"exams.sitting_secrets": record.commitment}))
    if announced is not None:
        drawn = {draw.id: papers_digest(draw.papers) for draw in found}
        differences += announced_differences(secret, sitting_id, announced, drawn)
    for draw in found:
        if draw.drawn_at <= record.committed_at:
            differences.append(Difference(Reason.PROMISE_LATE, detail=str(draw.id)))
        differences += _verified(work, secret, draw)
    papers = sum(len(draw.papers) for draw in found)
    work.announce(PapersVerified(sitting_id=sitting_id, papers=papers, differences=len(differences)))
    return Verification(papers, tuple(differences))


def _verified(work: Work, secret: bytes, record: DrawRecord) -> list[Difference]:
    recorded = queries.recorded(record)
    questions = pools.readable_contents(work, recorded.pool)
    stored = queries.stored_papers(work, record.id)
    return list(draw_differences(secret, recorded, questions, stored))


def _secret(work: Work, sitting_id: UUID) -> bytes:
    """The promised secret, its row locked so that two draws of one sitting come one after the other."""
    record = work.session.get(SecretRecord, sitting_id, with_for_update=True)
    if record is None or record.committed_at >= work.now:
        raise SecretNotCommitted
    if record.revealed_at is not None:
        raise SecretAlreadyRevealed
    return queries.secret_of(work, sitting_id)


def _refuse_repeated(work: Work, sitting_id: UUID, admissions: Sequence[Admission]) -> None:
    times = Counter([admission.number for admission in admissions])
    times.update(row.admission_number for row in queries.papers(work, sitting_id))
    wanted = {admission.number for admission in admissions}
    repeated = sorted(number for number, count in times.items() if count > 1 and number in wanted)
    if repeated:
        raise AdmissionRepeated(number=repeated[0])


def _sealed(work: Work, paper: Paper, questions: Mapping[VersionId, Question], shown: bytes) -> PaperRecord:
    id_ = new_id()
    sealed.keep(work, PAPERS, queries.PAPER, id_, paper.canonical_bytes())
    sealed.keep(work, PAPERS, queries.DOCUMENT, id_, gzip.compress(shown, mtime=0))
    return PaperRecord(
        id=id_,
        sitting_id=paper.sitting_id,
        admission_number=paper.admission_number,
        shape=list(shape(paper, questions)),
    )


def _record(work: Work, draw_id: UUID, ground: Ground, digests: dict[str, list[str]]) -> None:
    work.session.add(
        DrawRecord(
            id=draw_id,
            sitting_id=ground.sitting_id,
            method=METHOD,
            bank=ground.blueprint.bank,
            blueprint=ground.blueprint.as_json(),
            blueprint_digest=ground.blueprint_digest,
            pool=ground.pool.as_json(),
            pool_digest=ground.pool_digest,
            papers=digests,
            drawn_at=work.now,
        )
    )
    work.session.flush()  # papers refer to their draw
    work.announce(
        PapersDrawn(
            sitting_id=ground.sitting_id,
            draw_id=draw_id,
            bank=ground.blueprint.bank,
            blueprint_code=ground.blueprint.code,
            blueprint_digest=ground.blueprint_digest,
            pool_digest=ground.pool_digest,
            papers=len(digests),
            papers_digest=papers_digest(digests),
        )
    )
