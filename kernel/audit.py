"""The audit: what happened, who did it, and proof that nothing of it was altered.

Rows are written by the deeds themselves, each with a MAC of the face that wrote it. The sealer, running as the
registry, chains them (digest = SHA-256(previous digest || canonical row)) and signs checkpoints, without making
writers queue for one lock. `Walk` follows the chain and finds: a row edited, removed, inserted without a face's key,
or reordered.
"""

import hashlib
import hmac
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from kernel.canonical import canonical_json
from kernel.errors import N_
from kernel.faces import Face
from kernel.ids import earlier
from kernel.keys import Keyring, SigningKey, is_signed
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord

GENESIS = hashlib.sha256(b"anpei audit, first link").digest()
SEAL_AT_MOST = 2_000
LATEST = timedelta(days=1)  # a row is committed seconds after its id was made, and no host's clock is a day behind
LINE_AT_MOST = 100  # bytes of a witness's line: a position, a space, 64 hexadecimal digits, an end


def canonical(record: AuditRecord) -> bytes:
    """The bytes of a row that are chained and authenticated: JSON, keys sorted, no spaces, UTC instants."""
    row: dict[str, Any] = {
        "id": str(record.id),
        "at": record.at.astimezone(UTC).isoformat(),
        "face": record.face,
        "actor": [_text(record.actor_account), _text(record.actor_person), record.actor_name],
        "name": record.name,
        "subject": _text(record.subject),
        "facts": record.facts,
    }
    return canonical_json(row)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def link(previous: bytes, record: AuditRecord) -> bytes:
    """The digest of `record` as it follows `previous` in the chain: 32 bytes."""
    return hashlib.sha256(previous + canonical(record)).digest()


def checkpoint_message(position: int, digest: bytes, at: datetime) -> bytes:
    """What a checkpoint signs."""
    return f"anpei audit checkpoint {position} {digest.hex()} {at.astimezone(UTC).isoformat()}".encode()


def seal(session: Session, key: SigningKey, now: datetime) -> int:
    """Chain the rows that are not chained yet and sign a checkpoint over them; how many were chained."""
    last = session.scalars(select(ChainRecord).order_by(ChainRecord.position.desc()).limit(1)).first()
    position, digest = (last.position, last.digest) if last else (0, GENESIS)
    # Not looked for from the first row on: that would take longer with every year, and it is done every two seconds.
    news = _unchained(after=earlier(last.audit_id, LATEST) if last else None)
    unsealed = session.scalars(news.order_by(AuditRecord.id).limit(SEAL_AT_MOST)).all()
    for record in unsealed:
        position, digest = position + 1, link(digest, record)
        session.add(ChainRecord(position=position, audit_id=record.id, digest=digest))
    if unsealed:
        signature = key.sign(checkpoint_message(position, digest, now))
        session.add(
            CheckpointRecord(position=position, digest=digest, at=now, public_key=key.public, signature=signature)
        )
    return len(unsealed)


def _unchained(*, after: UUID | None = None) -> Select[Any]:
    """Rows that no link names; of those with a later id than `after`, where it is given."""
    named = ChainRecord.audit_id == AuditRecord.id
    if after is None:
        return select(AuditRecord).outerjoin(ChainRecord, named).where(ChainRecord.position.is_(None))
    # Said of both sides, else the whole chain is read to find out what is not in it.
    news = select(AuditRecord).outerjoin(ChainRecord, and_(named, ChainRecord.audit_id > after))
    return news.where(ChainRecord.position.is_(None), AuditRecord.id > after)


def show_to_witness(session: Session, witness: Path) -> None:
    """Add the checkpoints that are committed by now to a file outside the database.

    With it, cutting off the end of the chain together with its checkpoints is found too. Only committed checkpoints may
    go there, else a failed commit would look like a cut.
    """
    witness.parent.mkdir(parents=True, exist_ok=True)
    with witness.open("ab+") as file:
        newest = _last_line(file)
        points = session.scalars(
            select(CheckpointRecord)
            .where(CheckpointRecord.position > int(newest.partition(b" ")[0] or 0))
            .order_by(CheckpointRecord.position)
        )
        file.writelines(f"{point.position} {point.digest.hex()}\n".encode() for point in points)


def _last_line(file: BinaryIO) -> bytes:
    """The last whole line, read from the end of a file that grows for ever. What a kill left half written is cut off.

    Else the next start would stumble over it, and nothing would be sealed any more.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2 * LINE_AT_MOST))
    tail = file.read()
    unfinished = len(tail) - (tail.rfind(b"\n") + 1)
    if unfinished:
        file.truncate(size - unfinished)
    lines = tail[: len(tail) - unfinished].splitlines()
    return lines[-1] if lines else b""


def _witnessed(witness: Path) -> Iterator[tuple[int, str]]:
    if not witness.exists():
        return
    with witness.open(encoding="ascii") as file:
        for line in file:
            if line.endswith("\n"):  # an unfinished one was never witnessed
                position, digest = line.split()
                yield int(position), digest


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the audit. `sentence` is a message id, filled from `data`."""

    sentence: str
    data: dict[str, object]


EDITED = N_("Row %(id)s at position %(position)s was edited: its digest is not what the chain says.")
REMOVED = N_("The row at position %(position)s (%(id)s) was removed.")
UNCHECKED = N_("%(count)s rows written by face %(face)s cannot be authenticated here: its key is on another host.")
FORGED = N_("Row %(id)s was inserted or altered by someone who does not hold the key of face %(face)s.")
LATE = N_("Row %(id)s says that it is older than the rows that are chained, and was never chained.")
GAP = N_("The chain jumps from position %(before)s to %(position)s: links were removed or reordered.")
BAD_SIGNATURE = N_("The checkpoint at position %(position)s is not signed by the registry.")
CHECKPOINT_DIFFERS = N_("The checkpoint at position %(position)s does not agree with the chain.")
UNWITNESSED = N_("The outside witness has not seen position %(position)s: its file was removed, cut or exchanged.")
CUT = N_("The chain ends before position %(position)s, which an outside witness has seen.")


class Walk:
    """One pass over the audit, in order of position and with constant memory."""

    def __init__(self, session: Session, keys_folder: Path, public_key: bytes, witness: Path | None = None) -> None:
        self.session = session
        self.public_key = public_key
        self.witness = witness
        self.rows = 0
        self.keyrings = {
            face.value: Keyring(keys_folder, face) for face in Face if (keys_folder / f"audit-{face}").exists()
        }
        self.unchecked: Counter[str] = Counter()

    def findings(self) -> Iterator[Finding]:
        """What is wrong, in the order in which it is met; nothing when the audit is whole."""
        yield from self._chain()
        yield from self._unsealed()
        yield from self._checkpoints()
        yield from self._witness()
        for face, count in self.unchecked.items():
            yield Finding(UNCHECKED, {"face": face, "count": count})

    def _chain(self) -> Iterator[Finding]:
        links = (
            select(ChainRecord, AuditRecord)
            .outerjoin(AuditRecord, AuditRecord.id == ChainRecord.audit_id)
            .order_by(ChainRecord.position)
            .execution_options(yield_per=1_000)
        )
        previous, before = GENESIS, 0
        for chain, record in self.session.execute(links):
            if chain.position != before + 1:
                yield Finding(GAP, {"before": before, "position": chain.position})
            yield from self._row(previous, chain, record)
            previous, before = chain.digest, chain.position

    def _row(self, previous: bytes, chain: ChainRecord, record: AuditRecord | None) -> Iterator[Finding]:
        self.rows += 1
        if record is None:
            yield Finding(REMOVED, {"position": chain.position, "id": chain.audit_id})
        elif link(previous, record) != chain.digest:
            yield Finding(EDITED, {"position": chain.position, "id": record.id})
        else:
            yield from self._author(record)

    def _author(self, record: AuditRecord) -> Iterator[Finding]:
        keyring = self.keyrings.get(record.face)
        if keyring is None:
            self.unchecked[record.face] += 1
        elif not hmac.compare_digest(keyring.audit_mac(canonical(record)), record.mac):
            yield Finding(FORGED, {"id": record.id, "face": record.face})

    def _unsealed(self) -> Iterator[Finding]:
        last = self.session.scalars(select(ChainRecord).order_by(ChainRecord.position.desc()).limit(1)).first()
        for record in self.session.scalars(_unchained().execution_options(yield_per=1_000)):
            self.rows += 1
            if last and record.id <= earlier(last.audit_id, LATEST):
                yield Finding(LATE, {"id": record.id})
            yield from self._author(record)

    def _checkpoints(self) -> Iterator[Finding]:
        points = (
            select(CheckpointRecord, ChainRecord.digest)
            .outerjoin(ChainRecord, ChainRecord.position == CheckpointRecord.position)
            .order_by(CheckpointRecord.position)
        )
        for point, digest in self.session.execute(points):
            message = checkpoint_message(point.position, point.digest, point.at)
            if point.public_key != self.public_key or not is_signed(self.public_key, point.signature, message):
                yield Finding(BAD_SIGNATURE, {"position": point.position})
            elif digest != point.digest:
                yield Finding(CHECKPOINT_DIFFERS, {"position": point.position})

    def _witness(self) -> Iterator[Finding]:
        if self.witness is None:
            return
        newest = 0
        for newest, digest in _witnessed(self.witness):
            chain = self.session.get(ChainRecord, newest)
            if chain is None or chain.digest.hex() != digest:
                yield Finding(CUT, {"position": newest})
                return
        # The sealer shows what it sealed the time before, so only the last checkpoint may be unseen.
        positions = select(CheckpointRecord.position).order_by(CheckpointRecord.position.desc())
        due = self.session.scalars(positions.offset(1).limit(1)).first() or 0
        if newest < due:
            yield Finding(UNWITNESSED, {"position": due})


@dataclass(frozen=True, slots=True)
class Noted:
    """The facts and the name of one audit row, and where it stands in the chain; None while it is not sealed."""

    facts: dict[str, Any]
    position: int | None
    name: str


def noted_about(session: Session, subject: UUID, *names: str) -> list[Noted]:
    """Every row of these names about one subject, the oldest first. For faces that may read the audit."""
    return _noted(session, AuditRecord.subject == subject, AuditRecord.name.in_(names))


def noted_with(session: Session, name: str, **facts: UUID) -> list[Noted]:
    """Every row of one name with these ids among its facts, the oldest first. For faces that may read the audit."""
    wanted = (AuditRecord.facts[fact].astext == str(value) for fact, value in facts.items())
    return _noted(session, AuditRecord.name == name, *wanted)


def _noted(session: Session, *wanted: ColumnElement[bool]) -> list[Noted]:
    statement = (
        select(AuditRecord.facts, ChainRecord.position, AuditRecord.name)
        .outerjoin(ChainRecord, ChainRecord.audit_id == AuditRecord.id)
        .where(*wanted)
    )
    return [Noted(*row) for row in session.execute(statement.order_by(AuditRecord.id))]
