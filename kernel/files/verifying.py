"""Whether every file that is known lies whole in its store, and opens."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from kernel.errors import Problem
from kernel.files.queries import KeptFile, kept, opened
from kernel.files.tables import FileRecord
from kernel.keys.files import is_there
from kernel.sealed import file_keys
from kernel.store import FileIsGone, FilePurpose, StoreIsAway, StoreUnusable
from kernel.work import Reading

AT_ONCE = 500


class Fault(StrEnum):
    """What is wrong with a file."""

    GONE = "missing in the store"
    ALTERED = "not what was kept"
    SHUT = "does not open"


@dataclass(frozen=True, slots=True)
class Verified:
    """One file that was looked at; `fault` is None where all is well."""

    file: KeptFile
    fault: Fault | None


def count(reading: Reading, purpose: FilePurpose) -> int:
    """How many files of a purpose are known."""
    counted = select(func.count()).select_from(FileRecord).where(FileRecord.purpose == purpose.name)
    return reading.session.scalar(counted) or 0


def verified(reading: Reading, purpose: FilePurpose) -> Iterator[Verified]:
    """Look at every file of a purpose, the oldest first. Raises StoreIsAway and StoreUnusable, which prove nothing.

    The digest is that of the stored bytes and needs no key. Where the purpose's keys are on this host, each sealed file
    is opened too, from its first byte to its last.
    """
    opens = purpose.keys is not None and is_there(reading.keys.folder, purpose.keys)
    of_purpose = select(FileRecord).where(FileRecord.purpose == purpose.name).order_by(FileRecord.id).limit(AT_ONCE)
    records = reading.session.scalars(of_purpose).all()
    while records:
        keys = file_keys(reading, purpose.keys, [each.id for each in records]) if purpose.keys else {}
        for record in records:
            file = kept(record, purpose, keys.get(record.id))
            yield Verified(file, _fault(reading, file, record.stored) or (_shut(reading, file) if opens else None))
        records = reading.session.scalars(of_purpose.where(FileRecord.id > records[-1].id)).all()


def _fault(reading: Reading, file: KeptFile, stored: int) -> Fault | None:
    store, name = reading.stores.of(file.purpose), file.digest.hex()
    found = store.find(name)
    if found is None:
        return Fault.GONE
    digest = hashlib.sha256()
    try:
        for piece in store.read(name, 0, found.size):
            digest.update(piece)
    except FileIsGone:
        return Fault.GONE
    return None if (found.size, digest.digest()) == (stored, file.digest) else Fault.ALTERED


def _shut(reading: Reading, file: KeptFile) -> Fault | None:
    size = 0
    try:
        for piece in opened(reading, file).read():
            size += len(piece)
    except (StoreIsAway, StoreUnusable):
        raise
    except Problem:
        return Fault.SHUT
    return None if size == file.size else Fault.SHUT
