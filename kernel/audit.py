"""The audit: what happened, who did it, and proof that nothing of it was altered.

Rows are written by the deeds themselves, each with a MAC of the face that wrote it. The sealer, running as the
registry, chains them (digest = SHA-256(previous digest || canonical row)) and signs checkpoints, without making
writers queue for one lock. `kernel.walk` follows the chain and finds: a row edited, removed, inserted without a face's
key, or reordered. `kernel.witness` is what has seen the checkpoints outside the database.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select, true
from sqlalchemy.orm import Session, aliased

from kernel.db import among
from kernel.errors import N_, Problem
from kernel.ids import earlier
from kernel.keys import Keyring, PublicKeys, Signature, SigningRing
from kernel.lasting import FormatUnknown, canonical_json, lasting
from kernel.ledger import public_keys
from kernel.locks import hold
from kernel.settings import DEFAULT_SITE
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord

ROW = lasting("kernel.audit_row")
CHECKPOINT = lasting("kernel.checkpoint")
NOTE_FORMAT = 1  # of facts that are noted and not announced
SIGNED_AS = "audit checkpoint"
GENESIS = hashlib.sha256(b"anpei audit, first link").digest()
SEAL_AT_MOST = 2_000
CHAIN = "kernel.audit_chain"  # one at a time goes on from its end
LATE_AFTER = timedelta(minutes=10)  # a row that waits longer is none that `seal` would have come to
LATEST = timedelta(days=1)  # a row is committed seconds after its id was made, and no host's clock is a day behind


class ChainNotSigned(Problem):
    """Whoever may write the database can link the chain anew, but not sign its end."""

    sentence = N_(
        "The audit is not sealed any more: its chain ends at position %(position)s without a checkpoint that the "
        "registry signed. Somebody altered the database, or it was restored in parts."
    )


def canonical(record: AuditRecord) -> bytes:
    """The bytes of a row that are chained and authenticated: JSON, keys sorted, no spaces, UTC instants.

    Raises FormatUnknown for a row of a later release: what is not known is not vouched for.
    """
    try:
        return canonical_json(CANONICAL[record.format](record))
    except KeyError:
        raise FormatUnknown(kind=ROW.name, format=record.format) from None


def _first_layout(record: AuditRecord) -> dict[str, Any]:
    return {
        "format": record.format,
        "site": record.site,
        "key": record.key_id,
        "id": str(record.id),
        "at": record.at.astimezone(UTC).isoformat(),
        "face": record.face,
        "actor": [_text(record.actor_account), _text(record.actor_person), record.actor_name],
        "name": record.name,
        "subject": _text(record.subject),
        "facts": [record.fact_format, record.facts],
    }


# One for each number that a row may have, for ever: digests and proofs stand over what they gave.
CANONICAL: Mapping[int, Callable[[AuditRecord], dict[str, Any]]] = {1: _first_layout}


def authenticate(record: AuditRecord, keys: Keyring) -> None:
    """Number a new row, and prove that this face wrote it."""
    audit = keys.audit
    record.format, record.key_id = ROW.format, audit.state.current
    record.mac = audit.key(record.key_id).mac(canonical(record)).value


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def link(previous: bytes, record: AuditRecord) -> bytes:
    """The digest of `record` as it follows `previous` in the chain: 32 bytes."""
    return hashlib.sha256(previous + canonical(record)).digest()


def checkpoint_message(point: CheckpointRecord) -> bytes:
    """What a checkpoint signs. Raises FormatUnknown."""
    if point.format != CHECKPOINT.format:
        raise FormatUnknown(kind=CHECKPOINT.name, format=point.format)
    content = {
        "site": point.site,
        "key": point.key_id,
        "position": point.position,
        "digest": point.digest.hex(),
        "at": point.at.astimezone(UTC).isoformat(),
    }
    return canonical_json(CHECKPOINT.written(content))


def is_checkpoint_signed(point: CheckpointRecord, public_keys: PublicKeys) -> bool:
    """Whether the registry signed this checkpoint, with the key of its time."""
    signature = Signature(point.algorithm, point.key_id, point.signature)
    try:
        message = checkpoint_message(point)
    except FormatUnknown:
        return False
    return public_keys.has_signed(signature, SIGNED_AS, message, point.at)


@dataclass(frozen=True, slots=True)
class End:
    """The last link of the chain and the newest checkpoint, as of one moment; None where there is none."""

    link: ChainRecord | None
    checkpoint: CheckpointRecord | None

    @property
    def position(self) -> int:
        """How many rows are chained."""
        return self.link.position if self.link else 0

    def is_signed(self, public_keys: PublicKeys) -> bool:
        """Whether the registry's checkpoint stands on the last link: the sealer writes the two together."""
        if self.link is None or self.checkpoint is None:
            return self.link is None and self.checkpoint is None
        is_of_link = (self.link.position, self.link.digest) == (self.checkpoint.position, self.checkpoint.digest)
        return is_of_link and is_checkpoint_signed(self.checkpoint, public_keys)


def end_of_chain(session: Session) -> End:
    """Where the chain ends. One statement: with two, the sealer might come in between."""
    last = aliased(ChainRecord, select(ChainRecord).order_by(ChainRecord.position.desc()).limit(1).subquery())
    points = select(CheckpointRecord).order_by(CheckpointRecord.position.desc()).limit(1)
    newest = aliased(CheckpointRecord, points.subquery())
    found = session.execute(select(last, newest).select_from(last).join(newest, true(), full=True)).first()
    return End(*found) if found else End(None, None)


def seal(session: Session, keys: Keyring, now: datetime, *, site: str = DEFAULT_SITE) -> int:
    """Chain the rows that are not chained yet and sign a checkpoint over them; how many were chained.

    Raises:
        ChainNotSigned: what is chained by now is not what the registry signed. Going on would put a genuine signature
            on whatever was done to it.
    """
    hold(session, CHAIN)
    end = _signed_end(session, keys)
    # Not looked for from the first row on: that would take longer with every year, and it is done every two seconds.
    news = unchained(after=earlier(end.link.audit_id, LATEST) if end.link else None)
    # Nothing is vouched for that is not known; whoever writes a strange number must not stop the sealing of the rest.
    news = news.where(AuditRecord.format.in_(CANONICAL))
    unsealed = session.scalars(news.order_by(AuditRecord.id).limit(SEAL_AT_MOST)).all()
    return _chain(session, keys, end, unsealed, now=now, site=site)


def seal_late(session: Session, keys: Keyring, now: datetime, *, site: str = DEFAULT_SITE) -> int:
    """Chain the rows that `seal` does not look for, because a clock was days off when they, or the last, were written.

    It reads the whole audit, so it is no deed for a serving process. That they came late is said by whoever walks it.

    Raises:
        ChainNotSigned
    """
    late = unchained().where(AuditRecord.format.in_(CANONICAL)).order_by(AuditRecord.id).limit(SEAL_AT_MOST)
    found = list(session.scalars(late.where(AuditRecord.at < now - LATE_AFTER)))
    if not found:
        return 0
    hold(session, CHAIN)
    chained = set(
        session.scalars(select(ChainRecord.audit_id).where(among(ChainRecord.audit_id, [it.id for it in found])))
    )
    still = [record for record in found if record.id not in chained]
    return _chain(session, keys, _signed_end(session, keys), still, now=now, site=site)


def _signed_end(session: Session, keys: Keyring) -> End:
    end = end_of_chain(session)
    if not end.is_signed(public_keys(session, keys)):
        raise ChainNotSigned(position=end.position)
    return end


def _chain(
    session: Session, keys: Keyring, end: End, records: Sequence[AuditRecord], *, now: datetime, site: str
) -> int:
    position, digest = end.position, end.link.digest if end.link else GENESIS
    for record in records:
        position, digest = position + 1, link(digest, record)
        session.add(ChainRecord(position=position, audit_id=record.id, digest=digest))
    if records:
        session.add(_checkpoint(keys.signing, position, digest, now, site))
    return len(records)


def _checkpoint(ring: SigningRing, position: int, digest: bytes, now: datetime, site: str) -> CheckpointRecord:
    key = ring.key(ring.state.current)
    point = CheckpointRecord(
        position=position,
        format=CHECKPOINT.format,
        site=site,
        digest=digest,
        at=now,
        algorithm=key.public.algorithm,
        key_id=key.id,
    )
    point.signature = key.sign(SIGNED_AS, checkpoint_message(point)).value
    return point


def unchained(*, after: UUID | None = None) -> Select[Any]:
    """Rows that no link names; of those with a later id than `after`, where it is given."""
    named = ChainRecord.audit_id == AuditRecord.id
    if after is None:
        return select(AuditRecord).outerjoin(ChainRecord, named).where(ChainRecord.position.is_(None))
    # Said of both sides, else the whole chain is read to find out what is not in it.
    news = select(AuditRecord).outerjoin(ChainRecord, and_(named, ChainRecord.audit_id > after))
    return news.where(ChainRecord.position.is_(None), AuditRecord.id > after)


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
