"""Papers for those who may have them: the candidate's document, the paper for marking, the records for verification."""

import gzip
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select

from exams.papers.errors import NoSuchBlueprint, NoSuchPaper
from exams.papers.rules import Blueprint, Paper, RecordedDraw, StoredPaper
from exams.papers.tables import DrawRecord, PaperRecord, SecretRecord
from kernel import sealed
from kernel.authored import authored, read_once
from kernel.keys import PAPERS
from kernel.work import Reading
from question_bank.kinds.protocol import Shape
from question_bank.pools import queries as pools
from question_bank.pools.rules import Pool
from question_bank.questions.rules import Question, VersionId

SECRET, PAPER, DOCUMENT = "secret", "paper", "document"  # what is sealed of a sitting, and of a paper
BLUEPRINTS = Path(__file__).resolve().parent.parent / "data" / "blueprints"


@dataclass(frozen=True, slots=True)
class SittingSecret:
    """What may be known of a sitting's secret; `revealed` is its hexadecimal text, None before."""

    sitting_id: UUID
    commitment: str
    committed_at: datetime
    revealed: str | None
    revealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One drawn paper, by its outside. `shape` says how question 1, 2, … is answered: see `rules.shape`."""

    id: UUID
    admission_number: str
    person_id: UUID
    blueprint_code: str
    shape: tuple[Shape, ...]


def blueprints() -> Mapping[str, Blueprint]:
    """Every blueprint that comes with the platform, by code."""
    return _blueprints()


def blueprint(code: str) -> Blueprint:
    """One blueprint. Raises NoSuchBlueprint."""
    try:
        return _blueprints()[code]
    except KeyError:
        raise NoSuchBlueprint(code=code) from None


@read_once
def _blueprints() -> dict[str, Blueprint]:
    found = [authored(file).whole(Blueprint.from_json) for file in sorted(BLUEPRINTS.glob("*.yaml"))]
    return {blueprint.code: blueprint for blueprint in found}


def sitting_secret(reading: Reading, sitting_id: UUID) -> SittingSecret | None:
    """The promise of a sitting and, once revealed, its secret."""
    record = reading.session.get(SecretRecord, sitting_id)
    if record is None:
        return None
    return SittingSecret(
        record.sitting_id, record.commitment, record.committed_at, record.revealed_secret, record.revealed_at
    )


def papers(reading: Reading, sitting_id: UUID) -> list[PaperRow]:
    """The papers of a sitting by admission number."""
    return _paper_rows(reading, PaperRecord.sitting_id == sitting_id)


def paper_row(reading: Reading, sitting_id: UUID, admission_number: str) -> PaperRow:
    """One candidate's paper by its outside. Raises NoSuchPaper."""
    found = _paper_rows(reading, PaperRecord.sitting_id == sitting_id, PaperRecord.admission_number == admission_number)
    if not found:
        raise NoSuchPaper
    return found[0]


def _paper_rows(reading: Reading, *wanted: ColumnElement[bool]) -> list[PaperRow]:
    """Without the sealed columns, which are large."""
    columns = (
        PaperRecord.id,
        PaperRecord.admission_number,
        PaperRecord.person_id,
        PaperRecord.blueprint_code,
        PaperRecord.shape,
    )
    rows = reading.session.execute(select(*columns).where(*wanted).order_by(PaperRecord.admission_number))
    return [PaperRow(row[0], row[1], row[2], row[3], tuple(row[4])) for row in rows]


def candidate_document(reading: Reading, paper_id: UUID) -> bytes:
    """The candidate's document as JSON bytes; see `rules.document` for its fields. It holds no key.

    Whoever calls has made sure that the attempt of this candidate is open.

    Raises:
        NoSuchPaper, SealBroken, KeyNotHeld.
    """
    packed = _opened(reading, DOCUMENT, paper_id)
    return gzip.decompress(packed)


def paper_for_marking(reading: Reading, paper_id: UUID) -> Paper:
    """The paper with its layouts, which may give keys away. For marking only; nothing of it may reach a page."""
    return Paper.from_bytes(_opened(reading, PAPER, paper_id))


def secret_of(reading: Reading, sitting_id: UUID) -> bytes:
    """The promised secret of a sitting, for this room's own actions. Raises SealBroken, KeyNotHeld."""
    return sealed.opened(reading, PAPERS, SECRET, sitting_id)


def _opened(reading: Reading, what: str, paper_id: UUID) -> bytes:
    found = sealed.opened_each(reading, PAPERS, what, [paper_id])
    if paper_id not in found:
        raise NoSuchPaper
    return found[paper_id]


def asked(reading: Reading, paper: Paper) -> dict[VersionId, Question]:
    """What the questions of a paper say, keys included, as they were when it was drawn. For marking only.

    Raises:
        SealBroken, KeyNotHeld
    """
    return pools.questions_of(reading, {item.version_id: item.content_digest for item in paper.items})


def people_behind_pools(reading: Reading, sitting_id: UUID) -> frozenset[UUID]:
    """Persons who wrote, reviewed or approved any question that papers of this sitting were drawn from."""
    drawn = [member.version_id for draw in draws(reading, sitting_id) for member in draw.pool.members]
    return frozenset[UUID]().union(*pools.people_behind(reading, drawn).values())


def stands_behind(reading: Reading, blueprint_code: str, person_id: UUID) -> bool:
    """Whether a person wrote, reviewed or approved a question that papers of this blueprint are drawn from now."""
    return pools.stands_behind(reading, blueprint(blueprint_code).bank, person_id)


def draws(reading: Reading, sitting_id: UUID) -> list[RecordedDraw]:
    """Every draw of a sitting as it was recorded, the first one first."""
    statement = select(DrawRecord).where(DrawRecord.sitting_id == sitting_id).order_by(DrawRecord.id)
    return [recorded(record) for record in reading.session.scalars(statement)]


def recorded(record: DrawRecord) -> RecordedDraw:
    """A draw as its rules know it, for this room's own actions."""
    return RecordedDraw(
        sitting_id=record.sitting_id,
        method=record.method,
        blueprint=Blueprint.from_json(record.blueprint),
        blueprint_digest=record.blueprint_digest,
        pool=Pool.from_json(record.pool),
        pool_digest=record.pool_digest,
        papers={number: (digests[0], digests[1]) for number, digests in record.papers.items()},
    )


def sittings_with(reading: Reading, versions: Collection[VersionId]) -> set[UUID]:
    """Sittings whose papers were drawn from a pool with any of these questions."""
    holding = [DrawRecord.pool.contains({"members": [{"version": str(version)}]}) for version in versions]
    return set(reading.session.scalars(select(DrawRecord.sitting_id).where(or_(false(), *holding))))


def stored_papers(reading: Reading, draw_id: UUID) -> dict[str, StoredPaper]:
    """What is stored for each candidate of a draw, as far as the seals open."""
    statement = select(PaperRecord).where(PaperRecord.draw_id == draw_id)
    numbers = {record.id: record.admission_number for record in reading.session.scalars(statement)}
    kept = sealed.readable_each(reading, PAPERS, PAPER, numbers)
    shown = sealed.readable_each(reading, PAPERS, DOCUMENT, numbers)
    return {number: StoredPaper(kept.get(id_), _unpacked(shown.get(id_))) for id_, number in numbers.items()}


def _unpacked(packed: bytes | None) -> bytes | None:
    try:
        return gzip.decompress(packed) if packed is not None else None
    except (OSError, EOFError, zlib.error):
        return None
