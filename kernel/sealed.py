"""Sealed content in the database: one row a thing, apart from what it belongs to, so that keys can change.

No role of a face may take a row out or change one. Sealing anew is the owner's: it adds a row with the current key,
opens and compares it as it was stored, and only then takes the old one out; a trigger keeps the last copy of anything.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true, tuple_
from sqlalchemy.orm import Session

from kernel.db import among
from kernel.keys import PAPERS, QUESTIONS, ROWS, Purpose, SealBroken, SealingRing
from kernel.keys.algorithms import sealed_with
from kernel.lasting import FormatUnknown
from kernel.store import FILE_PURPOSES
from kernel.tables import (
    FileKeyRecord,
    SealedColumns,
    SealedPaperRecord,
    SealedQuestionRecord,
    SealedRowsRecord,
)
from kernel.work import Reading, Work

TABLES: Mapping[Purpose, type[SealedColumns]] = {
    QUESTIONS: SealedQuestionRecord,
    PAPERS: SealedPaperRecord,
    ROWS: SealedRowsRecord,
}
AT_ONCE = 200

Place = tuple[str, UUID]


def keep(work: Work, purpose: Purpose, what: str, of: UUID, plaintext: bytes) -> None:
    """Seal the thing `what` of the owner `of` with the current key of `purpose`. Raises KeyNotHeld, KeyMissing."""
    sealed = work.keys.sealing(purpose).seal(plaintext, what, of)
    work.session.add(_record(TABLES[purpose], what, of, sealed, work.now))


def opened(reading: Reading, purpose: Purpose, what: str, of: UUID) -> bytes:
    """The plaintext of one thing. Raises SealBroken (also where it is gone), KeyUnknown, KeyNotHeld."""
    found = _sealed(reading, purpose, what, [of])
    if of not in found:
        raise SealBroken
    return reading.keys.sealing(purpose).unseal(found[of], what, of)


def opened_each(reading: Reading, purpose: Purpose, what: str, owners: Collection[UUID]) -> dict[UUID, bytes]:
    """Owner -> plaintext, as far as they are there. Raises SealBroken, KeyUnknown, KeyNotHeld."""
    ring = reading.keys.sealing(purpose)
    return {of: ring.unseal(sealed, what, of) for of, sealed in _sealed(reading, purpose, what, owners).items()}


def readable_each(reading: Reading, purpose: Purpose, what: str, owners: Collection[UUID]) -> dict[UUID, bytes]:
    """The same for verification: what no longer opens is left out instead of raising."""
    ring, found = reading.keys.sealing(purpose), {}
    for of, sealed in _sealed(reading, purpose, what, owners).items():
        try:
            found[of] = ring.unseal(sealed, what, of)
        except (SealBroken, FormatUnknown):
            continue
    return found


def seal_file_key(work: Work, purpose: Purpose, file_id: UUID, key: bytes) -> None:
    """Keep the own key of a file, sealed with the current key of `purpose`. Raises KeyNotHeld, KeyMissing."""
    sealed = work.keys.sealing(purpose).seal(key, purpose.name, file_id)
    work.session.add(_record(FileKeyRecord, purpose.name, file_id, sealed, work.now))


def file_keys(reading: Reading, purpose: Purpose, files: Collection[UUID]) -> dict[UUID, bytes]:
    """File -> its own key, as it lies sealed; what this face may not see is missing."""
    return _rows(reading, FileKeyRecord, purpose.name, files)


def _sealed(reading: Reading, purpose: Purpose, what: str, owners: Collection[UUID]) -> dict[UUID, bytes]:
    return _rows(reading, TABLES[purpose], what, owners)


def _rows(reading: Reading, table: type[SealedColumns], what: str, owners: Collection[UUID]) -> dict[UUID, bytes]:
    rows = reading.session.execute(
        select(table.of, table.sealed).where(table.what == what, among(table.of, owners)).order_by(table.sealed_at)
    )
    return {row.of: row.sealed for row in rows}


def _record(table: type[SealedColumns], what: str, of: UUID, sealed: bytes, now: datetime) -> SealedColumns:
    record = table()
    record.what, record.of, record.key_id = what, of, sealed_with(sealed)
    record.sealed, record.digest, record.sealed_at = sealed, hashlib.sha256(sealed).digest(), now
    return record


def _places(purpose: Purpose) -> list[tuple[type[SealedColumns], ColumnElement[bool]]]:
    """Where there may be something that is sealed with a purpose's keys: its own table, and the keys of its files."""
    own: list[tuple[type[SealedColumns], ColumnElement[bool]]] = []
    if purpose in TABLES:
        own.append((TABLES[purpose], true()))
    sealed = any(each.keys == purpose for each in FILE_PURPOSES.values())
    return [*own, (FileKeyRecord, FileKeyRecord.what == purpose.name)] if sealed else own


@dataclass(slots=True)
class Resealing:
    """How far sealing anew has come; `broken` did not open and were left as they are."""

    done: int = 0
    last: dict[str, Place] = field(default_factory=dict)
    broken: list[Place] = field(default_factory=list)


def count_by_key(session: Session, purpose: Purpose) -> dict[str, int]:
    """Key id -> how many things are sealed with it."""
    counted: Counter[str] = Counter()
    for table, its_own in _places(purpose):
        query = select(table.key_id, func.count().label("things")).where(its_own).group_by(table.key_id)
        counted.update({row.key_id: row.things for row in session.execute(query)})
    return dict(counted)


def reseal_some(session: Session, ring: SealingRing, progress: Resealing, now: datetime) -> bool:
    """Seal some things anew that are not sealed with the current key; whether there may be more. The caller commits.

    Safe to be cut off and begun again, and beside a platform that serves: a thing is replaced in one transaction. Of a
    file only its own key is sealed anew; the file stays as it lies. Only the owner of the database may do it.
    """
    return any(_reseal_some(session, ring, progress, now, *each) for each in _places(ring.purpose))


def _reseal_some(  # noqa: PLR0917
    session: Session,
    ring: SealingRing,
    progress: Resealing,
    now: datetime,
    table: type[SealedColumns],
    its_own: ColumnElement[bool],
) -> bool:
    place = table.__name__
    due = select(table).where(its_own, table.key_id != ring.state.current).order_by(table.what, table.of)
    if place in progress.last:
        due = due.where(tuple_(table.what, table.of) > progress.last[place])
    records = session.scalars(due.limit(AT_ONCE).with_for_update()).all()
    for record in records:
        here = progress.last[place] = (record.what, record.of)
        try:
            _reseal(session, ring, record, now)
        except (SealBroken, FormatUnknown):
            progress.broken.append(here)
        else:
            progress.done += 1
    return bool(records)


def _reseal(session: Session, ring: SealingRing, record: SealedColumns, now: datetime) -> None:
    what, of = record.what, record.of
    plaintext = ring.unseal(record.sealed, what, of)
    fresh = _record(type(record), what, of, ring.seal(plaintext, what, of), now)
    session.add(fresh)
    session.flush()
    session.expire(fresh)  # what counts is what the database will give back
    if ring.unseal(fresh.sealed, what, of) != plaintext:
        raise SealBroken
    session.delete(record)
    session.flush()
