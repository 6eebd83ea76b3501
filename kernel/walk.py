"""Following the audit from link to link: what was edited, removed, inserted, reordered, cut off or signed by nobody."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel import witness as witnesses
from kernel.audit import GENESIS, LATEST, End, canonical, end_of_chain, is_checkpoint_signed, link, unchained
from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.ids import earlier
from kernel.keys import Keyring, PublicKeys, audit_of
from kernel.keys.files import is_there
from kernel.lasting import FormatUnknown
from kernel.tables import AuditRecord, ChainRecord, CheckpointRecord

KEYS_SAID = ("kernel.key_made", "kernel.key_rotated")
AT_ONCE = 2_000  # rows a statement: none of them takes long, however many there are
LOWEST = -(2**63)  # a link hidden below the first one is met as well


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say of the audit. `sentence` is a message id, filled from `data`; not each is a fault."""

    sentence: str
    data: dict[str, object]
    is_fault: bool = True


EDITED = N_("Row %(id)s at position %(position)s was edited: its digest is not what the chain says.")
REMOVED = N_("The row at position %(position)s (%(id)s) was removed.")
UNCHECKED = N_("%(count)s rows written by face %(face)s cannot be authenticated here: its key is on another host.")
FORGED = N_("Row %(id)s was inserted or altered by someone who does not hold the key of face %(face)s.")
STRANGE = N_("Row %(id)s is of format %(format)s, which this release does not know, and is not sealed by it.")
SEALED_LATE = N_(
    "Row %(id)s at position %(position)s was sealed more than a day later than it says that it was written: a clock "
    "had jumped, or it was added afterwards."
)
LATE = N_("Row %(id)s says that it is older than the rows that are chained, and was never chained.")
GAP = N_("The chain jumps from position %(before)s to %(position)s: links were removed or reordered.")
BAD_SIGNATURE = N_("The checkpoint at position %(position)s is not signed by the registry.")
CHECKPOINT_DIFFERS = N_("The checkpoint at position %(position)s does not agree with the chain.")
KEY_NOT_SAID = N_("The audit does not say that the signing key %(id)s was made or followed another.")
UNSIGNED_END = N_("The chain ends at position %(position)s without a checkpoint that the registry signed.")
UNWITNESSED = N_(
    "The outside witness has not seen position %(position)s: its file was removed, cut or exchanged, or its disk takes "
    "nothing."
)
CUT = N_("The chain ends before position %(position)s, which an outside witness has seen.")


def faults_at_the_end(session: Session, public_keys: PublicKeys, witness: Path | None) -> list[Finding]:
    """What can be told without a walk: whether the chain's end is signed and the witness agrees with it."""
    end = end_of_chain(session)
    found = [] if end.is_signed(public_keys) else [Finding(UNSIGNED_END, {"position": end.position})]
    if witness is not None:
        try:
            newest = witnesses.seen_until(session, witness)
        except Problem as problem:
            found.append(Finding(problem.sentence, problem.data))
        else:
            found += _unwitnessed(newest, witnesses.due_position(session))
    return found


class Walk:
    """One pass over the audit, in order of position and with constant memory.

    Args:
        session: as the registry, or whoever may read the audit.
        keys_folder: where the keys of those faces lie whose rows can be authenticated here.
        public_keys: the registry's, with which checkpoints are checked, each with the key of its time.
        witness: the file outside the database; None where there is none at hand.
        newest: walk only so many of the last links; what comes before them is left for another time.
        tell: is told how many rows are done, of how many.
    """

    def __init__(
        self,
        session: Session,
        keys_folder: Path,
        public_keys: PublicKeys,
        witness: Path | None = None,
        *,
        newest: int | None = None,
        tell: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> None:
        self.session = session
        self.public_keys = public_keys
        self.witness = witness
        self.newest = newest
        self.tell = tell
        self.rows = 0
        self.rings = {
            face.value: Keyring(keys_folder, face).audit for face in Face if is_there(keys_folder, audit_of(face))
        }
        self.unchecked: Counter[str] = Counter()

    def findings(self) -> Iterator[Finding]:
        """What is to be said, in the order in which it is met; no fault when the audit is whole."""
        end = end_of_chain(self.session)  # what is sealed while we walk is for the next walk
        before = max(0, end.position - self.newest) if self.newest is not None else 0
        yield from self._chain(before, end)
        yield from self._unsealed(end)
        yield from self._checkpoints(before or LOWEST, end)
        yield from self._keys()
        if not end.is_signed(self.public_keys):
            yield Finding(UNSIGNED_END, {"position": end.position})
        yield from self._witness(end)
        for face, count in self.unchecked.items():
            yield Finding(UNCHECKED, {"face": face, "count": count}, is_fault=False)

    def _chain(self, before: int, end: End) -> Iterator[Finding]:
        # A walk that begins in the middle may trust the digest there: it is part of every digest up to the signed end.
        start = self.session.get(ChainRecord, before) if before else None
        previous, total = start.digest if start else GENESIS, end.position - before
        after, newest = before or LOWEST, start.audit_id if start else None
        while links := self._links(after, end):
            for chain, record in links:
                if chain.position != before + 1:
                    yield Finding(GAP, {"before": before, "position": chain.position})
                yield from self._row(previous, chain, record)
                if newest and chain.audit_id <= earlier(newest, LATEST):
                    yield Finding(SEALED_LATE, {"id": chain.audit_id, "position": chain.position}, is_fault=False)
                newest = chain.audit_id
                previous, before = chain.digest, chain.position
            after = before
            self.tell(self.rows, total)

    def _links(self, after: int, end: End) -> list[tuple[ChainRecord, AuditRecord | None]]:
        links = (
            select(ChainRecord, AuditRecord)
            .outerjoin(AuditRecord, AuditRecord.id == ChainRecord.audit_id)
            .where(ChainRecord.position > after, ChainRecord.position <= end.position)
            .order_by(ChainRecord.position)
            .limit(AT_ONCE)
        )
        return [(chain, record) for chain, record in self.session.execute(links)]

    def _row(self, previous: bytes, chain: ChainRecord, record: AuditRecord | None) -> Iterator[Finding]:
        self.rows += 1
        if record is None:
            yield Finding(REMOVED, {"position": chain.position, "id": chain.audit_id})
        elif _digest(previous, record) != chain.digest:
            yield Finding(EDITED, {"position": chain.position, "id": record.id})
        else:
            yield from self._author(record)

    def _author(self, record: AuditRecord) -> Iterator[Finding]:
        ring = self.rings.get(record.face)
        if ring is None:
            self.unchecked[record.face] += 1
            return
        try:
            row = canonical(record)
        except FormatUnknown:
            yield Finding(STRANGE, {"id": record.id, "format": record.format})
            return
        # A row that names a key which its face never had is as forged as one with a wrong proof.
        if not ring.holds(record.key_id) or not hmac.compare_digest(ring.key(record.key_id).mac(row).value, record.mac):
            yield Finding(FORGED, {"id": record.id, "face": record.face})

    def _unsealed(self, end: End) -> Iterator[Finding]:
        oldest = earlier(end.link.audit_id, LATEST) if end.link else None
        news = unchained(after=oldest if self.newest is not None else None)
        for record in self.session.scalars(news.order_by(AuditRecord.id).execution_options(yield_per=AT_ONCE)):
            self.rows += 1
            if oldest and record.id <= oldest:
                yield Finding(LATE, {"id": record.id})
            yield from self._author(record)

    def _checkpoints(self, before: int, end: End) -> Iterator[Finding]:
        last = end.checkpoint.position if end.checkpoint else 0
        place = 0
        while points := self._points(before, last):
            for point, digest in points:
                known = self.public_keys.known.get(point.key_id)
                if not is_checkpoint_signed(point, self.public_keys) or known is None or known.place < place:
                    yield Finding(BAD_SIGNATURE, {"position": point.position})
                elif digest != point.digest:
                    yield Finding(CHECKPOINT_DIFFERS, {"position": point.position})
                else:
                    place = known.place
                before = point.position

    def _points(self, before: int, last: int) -> list[tuple[CheckpointRecord, bytes | None]]:
        points = (
            select(CheckpointRecord, ChainRecord.digest)
            .outerjoin(ChainRecord, ChainRecord.position == CheckpointRecord.position)
            .where(CheckpointRecord.position > before, CheckpointRecord.position <= last)
            .order_by(CheckpointRecord.position)
            .limit(AT_ONCE)
        )
        return [(point, digest) for point, digest in self.session.execute(points)]

    def _keys(self) -> Iterator[Finding]:
        """Every key that follows another must stand in the audit as well as in the table that verifiers read."""
        said = self.session.scalars(select(AuditRecord.facts).where(AuditRecord.name.in_(KEYS_SAID)))
        told = {(facts.get("key_id"), facts.get("public")) for facts in said}
        for id_, known in self.public_keys.known.items():
            if known.begins_at is not None and (id_, known.key.public.hex()) not in told:
                yield Finding(KEY_NOT_SAID, {"id": id_})

    def _witness(self, end: End) -> Iterator[Finding]:
        if self.witness is None:
            return
        due, newest = witnesses.due_position(self.session), 0
        if not self.witness.exists():  # it is begun with the first seal, before anything is chained
            if end.position:
                yield Finding(witnesses.WitnessMissing.sentence, {"position": end.position})
            return
        for seen in self._seen(self.witness):
            cut = witnesses.contradicted(self.session, seen)
            if cut is not None:
                yield Finding(CUT, {"position": cut})
                return
            newest = seen[-1][0]
        yield from _unwitnessed(newest, due)

    def _seen(self, witness: Path) -> Iterator[list[witnesses.Line]]:
        if self.newest is None:
            yield from witnesses.lines(witness)
        elif last := witnesses.last_line(witness):
            yield [last]


def _unwitnessed(newest: int, due: int) -> list[Finding]:
    return [Finding(UNWITNESSED, {"position": due})] if newest < due else []


def _digest(previous: bytes, record: AuditRecord) -> bytes | None:
    try:
        return link(previous, record)
    except FormatUnknown:  # it was of a known format when it was chained
        return None
