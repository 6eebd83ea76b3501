"""Following the audit from link to link: what was edited, removed, inserted, reordered, cut off or signed by nobody."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel import witness as witnesses
from kernel.audit import GENESIS, Authors, Authorship, End, end_of_chain, is_checkpoint_signed, leaf_of, link
from kernel.audit.chain import news
from kernel.audit.rows import Found, rows_found
from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.founding import FOUNDED, Kind
from kernel.keys import PublicKeys
from kernel.tables import AuditNumberRecord, AuditRecord, ChainRecord, CheckpointRecord, InstallationRecord, LinkState

KEYS_SAID = ("kernel.key_made", "kernel.key_rotated")
AT_ONCE = 2_000  # rows a statement: none of them takes long, however many there are
APART_AT_MOST = timedelta(minutes=5)  # as the trigger `numbered` has it
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
TAKEN_AWAY = N_("The row with number %(number)s of face %(face)s was removed before it was sealed.")
REFUSED = N_(
    "Row %(id)s at position %(position)s was sealed as it lay, for its format or its key was not known then. By what "
    "is known now it is authentic."
)
OTHER_TIME = N_("Row %(id)s says that it is of %(at)s; the database wrote it at %(written)s.")
NOT_FOUNDED = N_(
    "The audit does not begin with what this installation is: its first row was removed, or the audit was emptied."
)
COUNTED_BACK = N_("Number %(number)s of face %(face)s is chained, and its counter says that it was never given.")
NUMBERS_GAP = N_("After number %(before)s of face %(face)s the chain goes on with %(number)s.")
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
        self.authors = Authors(keys_folder)
        self.unchecked: Counter[str] = Counter()
        self.counts = False

    def findings(self) -> Iterator[Finding]:
        """What is to be said, in the order in which it is met; no fault when the audit is whole."""
        end = end_of_chain(self.session)  # what is sealed while we walk is for the next walk
        before = max(0, end.position - self.newest) if self.newest is not None else 0
        yield from self._beginning(end)
        yield from self._chain(before, end)
        yield from self._unsealed()
        yield from self._counters()
        yield from self._checkpoints(before or LOWEST, end)
        yield from self._keys()
        if not end.is_signed(self.public_keys):
            yield Finding(UNSIGNED_END, {"position": end.position})
        yield from self._witness(end)
        for face, count in self.unchecked.items():
            yield Finding(UNCHECKED, {"face": face, "count": count}, is_fault=False)

    def _beginning(self, end: End) -> Iterator[Finding]:
        """The first row of all says what this installation is, as its own table does."""
        said = self.session.execute(select(InstallationRecord.site, InstallationRecord.kind)).one_or_none()
        is_first = (AuditRecord.face == Face.REGISTRY.value, AuditRecord.number == 1, AuditRecord.name == FOUNDED)
        asked = select(AuditRecord.site, AuditRecord.facts["kind"].astext, ChainRecord.position)
        row = self.session.execute(
            asked.outerjoin(ChainRecord, ChainRecord.audit_id == AuditRecord.id).where(*is_first)
        ).one_or_none()
        if said is None or row is None or tuple(row[:2]) != tuple(said) or (row.position != 1 and end.position):
            yield Finding(NOT_FOUNDED, {})
        self.counts = said is not None and said.kind == Kind.REAL

    def _chain(self, before: int, end: End) -> Iterator[Finding]:
        # A walk that begins in the middle may trust the digest there: it is part of every digest up to the signed end.
        start = self.session.get(ChainRecord, before) if before else None
        previous, total, after = start.digest if start else GENESIS, end.position - before, before or LOWEST
        numbers: dict[str, int] = {} if before else {face.value: 0 for face in Face}
        while links := self._links(after, end):
            for chain, found in links:
                if chain.position != before + 1:
                    yield Finding(GAP, {"before": before, "position": chain.position})
                known = numbers.get(chain.face)
                if known is not None and chain.number != known + 1:
                    yield Finding(NUMBERS_GAP, {"face": chain.face, "before": known, "number": chain.number})
                yield from self._row(previous, chain, found)
                numbers[chain.face], previous, before = chain.number, chain.digest, chain.position
            after = before
            self.tell(self.rows, total)

    def _links(self, after: int, end: End) -> list[tuple[ChainRecord, Found | None]]:
        links = (
            select(ChainRecord, AuditRecord)
            .outerjoin(AuditRecord, AuditRecord.id == ChainRecord.audit_id)
            .where(ChainRecord.position > after, ChainRecord.position <= end.position)
            .order_by(ChainRecord.position)
            .limit(AT_ONCE)
        )
        return [(chain, found) for chain, found in rows_found(self.session, links)]

    def _row(self, previous: bytes, chain: ChainRecord, found: Found | None) -> Iterator[Finding]:
        self.rows += 1
        place: dict[str, object] = {"position": chain.position, "id": chain.audit_id}
        if found is None and chain.state is not LinkState.MISSING:
            yield Finding(REMOVED, place)
        elif not _is_linked(previous, chain, found):
            yield Finding(EDITED, place)
        elif found is None:
            yield Finding(TAKEN_AWAY, {"face": chain.face, "number": chain.number})
        else:
            yield from self._author(found)
            if chain.state is LinkState.REFUSED and self.authors.of(found) is Authorship.PROVEN:
                yield Finding(REFUSED, place, is_fault=False)

    def _author(self, found: Found) -> Iterator[Finding]:
        record, authorship = found.record, self.authors.of(found)
        if authorship is Authorship.ELSEWHERE:
            self.unchecked[record.face] += 1
        elif authorship is Authorship.STRANGE:
            yield Finding(STRANGE, {"id": record.id, "format": record.format})
        elif authorship is Authorship.FORGED:
            yield Finding(FORGED, {"id": record.id, "face": record.face})
        elif self.counts and abs(record.at - record.written_at) > APART_AT_MOST:
            yield Finding(OTHER_TIME, {"id": record.id, "at": record.at, "written": record.written_at})

    def _unsealed(self) -> Iterator[Finding]:
        for place in news(self.session, self.authors):
            self.rows += 1
            if place.found is None:
                yield Finding(TAKEN_AWAY, {"face": place.face, "number": place.number})
            else:
                yield from self._author(place.found)

    def _counters(self) -> Iterator[Finding]:
        numbers = AuditNumberRecord
        chained = select(func.max(ChainRecord.number)).where(ChainRecord.face == numbers.face).scalar_subquery()
        for face, number in self.session.execute(select(numbers.face, chained).where(chained > numbers.last)):
            yield Finding(COUNTED_BACK, {"face": face, "number": number})

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


def _is_linked(previous: bytes, chain: ChainRecord, found: Found | None) -> bool:
    of_row = (chain.face, chain.number) if found is None else (found.record.face, found.record.number)
    leaf = leaf_of(chain, found)
    return of_row == (chain.face, chain.number) and leaf is not None and link(previous, leaf) == chain.digest
