"""The chain: digest = SHA-256(previous digest || SHA-256(what stands at this number)), for every number that was given.

A number whose row is not authentic, or gone, gets a link too, which says so for ever: nothing that a writer can do to
its own rows stops the sealing of the others.
"""

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session, aliased

from kernel.audit.checkpoints import is_checkpoint_signed, signed_checkpoint
from kernel.audit.rows import Authors, Authorship, Found, rows_found
from kernel.errors import N_, Problem
from kernel.keys import Keyring, PublicKeys
from kernel.lasting import canonical_json
from kernel.ledger import public_keys
from kernel.locks import hold
from kernel.settings import DEFAULT_SITE
from kernel.tables import AuditNumberRecord, AuditRecord, ChainRecord, CheckpointRecord, LinkState

GENESIS = hashlib.sha256(b"anpei audit, first link").digest()
SEAL_AT_MOST = AT_ONCE = 2_000  # numbers of one face: no statement takes long, however many wait
SEALED_WITHIN = timedelta(minutes=1)  # whoever waits longer waits for a sealer that stands still
CHAIN = "kernel.audit_chain"  # one at a time goes on from its end


class ChainNotSigned(Problem):
    """Whoever may write the database can link the chain anew, but not sign its end."""

    sentence = N_(
        "The audit is not sealed any more: its chain ends at position %(position)s without a checkpoint that the "
        "registry signed. Somebody altered the database, or it was restored in parts."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a face that is not chained yet, and what was found there; None: nothing."""

    face: str
    number: int
    found: Found | None
    state: LinkState


def leaf_of(chain: ChainRecord, found: Found | None) -> bytes | None:
    """The digest of what stands at one number: 32 bytes. None: it cannot have been that."""
    if chain.state is LinkState.WHOLE:
        content = found.canonical if found else None
    elif chain.state is LinkState.REFUSED:
        content = canonical_json({"state": chain.state, **found.as_it_lies}) if found else None
    else:
        content = canonical_json({"state": chain.state, "face": chain.face, "number": chain.number})
    return None if content is None else hashlib.sha256(content).digest()


def link(previous: bytes, leaf: bytes) -> bytes:
    """The digest of a link: 32 bytes. It is made of digests only, so that the chain can be shown and its rows not."""
    return hashlib.sha256(previous + leaf).digest()


@dataclass(frozen=True, slots=True)
class End:
    """The last link of the chain and the newest checkpoint, as of one moment; None where there is none."""

    link: ChainRecord | None
    checkpoint: CheckpointRecord | None

    @property
    def position(self) -> int:
        """How many numbers are chained."""
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
    """Chain the numbers that are not chained yet and sign a checkpoint over them; how many were chained.

    Raises:
        ChainNotSigned: what is chained by now is not what the registry signed. Going on would put a genuine signature
            on whatever was done to it.
    """
    hold(session, CHAIN)
    end = end_of_chain(session)
    if not end.is_signed(public_keys(session, keys)):
        raise ChainNotSigned(position=end.position)
    position, digest, count = end.position, end.link.digest if end.link else GENESIS, 0
    for place in news(session, Authors(keys.folder), at_most=SEAL_AT_MOST):
        position, count = position + 1, count + 1
        chain = ChainRecord(
            position=position,
            face=place.face,
            number=place.number,
            audit_id=place.found.record.id if place.found else None,
            state=place.state,
        )
        leaf = leaf_of(chain, place.found)
        assert leaf is not None  # its state follows from what was found
        chain.digest = digest = link(digest, leaf)
        session.add(chain)
    if count:
        session.add(signed_checkpoint(keys.signing, position, digest, now, site))
    return count


def news(session: Session, authors: Authors, *, at_most: int | None = None) -> Iterator[Place]:
    """The numbers that are not chained, in the order in which they were given; of each face `at_most` so many."""
    faces = [
        _places(session, authors, face, chained, last if at_most is None else min(last, chained + at_most))
        for face, chained, last in _heads(session)
    ]
    timed = heapq.merge(*map(_with_times, faces), key=lambda each: each[:2])
    return (place for _, _, place in timed)


def _with_times(places: Iterator[Place]) -> Iterator[tuple[datetime, str, Place]]:
    at = None
    for place in places:
        at = place.found.record.written_at if place.found else at
        yield at or _LONG_AGO, place.face, place


_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _heads(session: Session) -> list[tuple[str, int, int]]:
    """Of each face: the last number that is chained, and the last that was given."""
    numbers = AuditNumberRecord
    chained = select(func.max(ChainRecord.number)).where(ChainRecord.face == numbers.face).scalar_subquery()
    rows = session.execute(select(numbers.face, func.coalesce(chained, 0), numbers.last).order_by(numbers.face))
    return [(face, chained, last) for face, chained, last in rows if last > chained]


def _places(session: Session, authors: Authors, face: str, chained: int, until: int) -> Iterator[Place]:
    """A number is given and its row written by one commit, so what is not there now was taken away."""
    for after in range(chained, until, AT_ONCE):
        upto = min(until, after + AT_ONCE)
        rows = select(AuditRecord).where(
            AuditRecord.face == face, AuditRecord.number > after, AuditRecord.number <= upto
        )
        found = {each.record.number: each for (each,) in rows_found(session, rows)}
        for number in range(after + 1, upto + 1):
            there = found.get(number)
            yield Place(face, number, there, _state(there, authors))


def _state(found: Found | None, authors: Authors) -> LinkState:
    if found is None:
        return LinkState.MISSING
    is_taken = authors.of(found) in (Authorship.PROVEN, Authorship.ELSEWHERE)
    return LinkState.WHOLE if is_taken else LinkState.REFUSED


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not sealed yet: how many rows, and for how long the oldest of them by the database's own clock."""

    rows: int
    longest: timedelta


def waiting(session: Session) -> Waiting:
    """How far the sealer is behind; asked by those who must notice that it stands still."""
    numbers = AuditNumberRecord
    chained = select(func.max(ChainRecord.number)).where(ChainRecord.face == numbers.face).scalar_subquery()
    is_new = AuditRecord.number > func.coalesce(chained, 0)
    aged: Any = func.clock_timestamp() - func.min(AuditRecord.written_at)
    asked = select(func.count(), func.coalesce(aged, timedelta()))
    rows, longest = session.execute(
        asked.select_from(numbers).join(AuditRecord, (AuditRecord.face == numbers.face) & is_new)
    ).one()
    return Waiting(rows, longest)
