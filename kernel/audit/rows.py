"""Rows of the audit: numbered by the database, authenticated by the face that writes them, read without belief."""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.attributes import set_committed_value

from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.keys import KeyDamaged, KeyMissing, Keyring, MacRing, audit_of
from kernel.keys.files import is_there
from kernel.lasting import FormatUnknown, canonical_json, lasting
from kernel.tables import AuditNumberRecord, AuditRecord

ROW = lasting("kernel.audit_row")
NOTE_FORMAT = 1  # of facts that are noted and not announced
CLOCK_APART = "AP001"  # what the trigger `numbered` raises; see migrations/first/kernel/audit.py


class ClockApart(Problem):
    """An installation that counts takes no row whose time is minutes from the database's."""

    sentence = N_(
        "The clock of the program and that of the database are minutes apart, so nothing can be written down. Set "
        "both right."
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
        "number": record.number,
        "at": record.at.astimezone(UTC).isoformat(),
        "written_at": record.written_at.astimezone(UTC).isoformat(),
        "face": record.face,
        "actor": [_text(record.actor_account), _text(record.actor_person), record.actor_name],
        "name": record.name,
        "subject": _text(record.subject),
        "facts": [record.fact_format, record.facts],
    }


# One for each number that a row may have, for ever: digests and proofs stand over what they gave.
CANONICAL: Mapping[int, Callable[[AuditRecord], dict[str, Any]]] = {1: _first_layout}


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def authenticate(record: AuditRecord, keys: Keyring) -> None:
    """Say of which layout a numbered row is, and prove that this face wrote it."""
    audit = keys.audit
    record.format, record.key_id = ROW.format, audit.state.current
    record.mac = audit.key(record.key_id).mac(canonical(record)).value


def write_rows(session: Session, keys: Keyring, records: Sequence[AuditRecord]) -> None:
    """Number, authenticate and write the rows of one work, which come last in it.

    The counter of the face is locked from here until the commit, so nobody waits for longer than another's commit.

    Raises:
        ClockApart: the times of the rows are not those of the database.
    """
    if not records:
        return
    last, written_at = _numbered(session, keys.face, len(records))
    for number, record in enumerate(records, start=last - len(records) + 1):
        record.number, record.written_at = number, written_at
        authenticate(record, keys)
    session.add_all(records)
    try:
        session.flush()
    except DBAPIError as fault:
        if getattr(fault.orig, "sqlstate", None) == CLOCK_APART:
            raise ClockApart from fault
        raise


def _numbered(session: Session, face: Face, count: int) -> tuple[int, datetime]:
    """The last of the next `count` numbers of a face, and the database's own time."""
    numbers = AuditNumberRecord
    taken = update(numbers).where(numbers.face == face.value).values(last=numbers.last + count)
    row = session.execute(taken.returning(numbers.last, numbers.at).execution_options(synchronize_session=False)).one()
    return row.last, row.at


class Authorship(Enum):
    """What can be said of who wrote a row."""

    PROVEN = auto()
    ELSEWHERE = auto()  # the key of the face is on another host
    STRANGE = auto()  # of a layout that this release does not know
    FORGED = auto()


class Authors:
    """Who wrote a row, by the keys of those faces that this host holds."""

    def __init__(self, keys_folder: Path) -> None:
        self.rings: dict[str, MacRing] = {
            face.value: Keyring(keys_folder, face).audit for face in Face if is_there(keys_folder, audit_of(face))
        }

    def of(self, found: "Found") -> Authorship:
        """A row that names a key which its face never had is as forged as one with a wrong proof."""
        if found.canonical is None:
            return Authorship.STRANGE if found.is_readable else Authorship.FORGED
        ring = self.rings.get(found.record.face)
        if ring is None:
            return Authorship.ELSEWHERE
        try:
            if not ring.holds(found.record.key_id):
                return Authorship.FORGED
            mac = ring.key(found.record.key_id).mac(found.canonical)
        except (KeyMissing, KeyDamaged):
            return Authorship.ELSEWHERE
        return Authorship.PROVEN if hmac.compare_digest(mac.value, found.record.mac) else Authorship.FORGED


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it was found, whoever wrote it.

    Attributes:
        record: its columns; `facts` is empty where they cannot be read.
        said: the text of its facts, as the database gives it.
        canonical: what is chained and authenticated; None where the row has no such bytes.
        is_readable: whether its facts are anything that a face could have written.
    """

    record: AuditRecord
    said: str
    canonical: bytes | None
    is_readable: bool

    @property
    def as_it_lies(self) -> dict[str, Any]:
        """Every column, for a link that vouches for nothing but that this stood here."""
        record = self.record
        return {
            **_first_layout(record),
            "facts": [record.fact_format, self.said],
            "mac": record.mac.hex(),
        }


def rows_found(session: Session, rows: Select[*tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The entities of `rows`, the last of which is AuditRecord and is replaced by what was Found (None: no row).

    A face that was broken into may write numbers without end and nests without bottom. Read as everything else is read,
    one such row would stop the sealer and whoever walks.
    """
    looked = rows.options(defer(AuditRecord.facts, raiseload=True)).add_columns(cast(AuditRecord.facts, Text))
    for *others, record, said in session.execute(looked):
        yield (*others, None if record is None else _found(record, said))


def _found(record: AuditRecord, said: str) -> Found:
    try:
        facts, is_readable = json.loads(said), True
    except (ValueError, RecursionError):
        facts, is_readable = {}, False
    set_committed_value(record, "facts", facts)
    written = None
    if is_readable:
        try:
            written = canonical(record)
        except FormatUnknown:
            pass
        except (ValueError, RecursionError):  # an infinite number, which no face writes
            is_readable = False
    return Found(record, said, written, is_readable)
