"""Finding a file and opening it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from kernel.db import among
from kernel.errors import NotFound
from kernel.files.sealing import FileSeal, require_known, span
from kernel.files.tables import FileRecord, FileReferenceRecord
from kernel.keys import SealBroken
from kernel.sealed import file_keys
from kernel.store import FilePurpose, Store
from kernel.work import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """What is known of a file; `sealed_key` opens it, for who has the purpose's key."""

    id: UUID
    purpose: FilePurpose
    digest: bytes
    size: int
    media_type: str
    format: int | None
    sealed_key: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that may be read, also after the database has been left."""

    file: KeptFile
    store: Store
    seal: FileSeal | None = field(repr=False)

    @property
    def size(self) -> int:
        """Of the content, in bytes."""
        return self.file.size

    @property
    def media_type(self) -> str:
        """What it is."""
        return self.file.media_type

    @property
    def tag(self) -> str:
        """The same as long as the content is."""
        return self.file.digest.hex()

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The content from `start` until before `stop`, in pieces.

        Raises FileIsGone, StoreIsAway and StoreUnusable at once, SealBroken and the last two also on the way.
        """
        stop = self.size if stop is None else min(stop, self.size)
        if start >= stop:
            return iter(())
        name = self.file.digest.hex()
        if self.seal is None:
            return self.store.read(name, start, stop)
        return self.seal.opened(self.store.read(name, *span(self.size, start, stop)), self.size, start, stop)


def find(reading: Reading, purpose: FilePurpose, of: UUID, name: str = "") -> KeptFile | None:
    """The file of `of` by this name, where there is one that this face may see."""
    return find_each(reading, purpose, [of], name).get(of)


def find_each(reading: Reading, purpose: FilePurpose, owners: Collection[UUID], name: str = "") -> dict[UUID, KeptFile]:
    """Owner -> their file by this name; who has none that this face may see is missing."""
    rows = reading.session.execute(
        select(FileReferenceRecord.of, FileRecord)
        .join(FileRecord, FileRecord.id == FileReferenceRecord.file_id)
        .where(
            FileReferenceRecord.purpose == purpose.name,
            among(FileReferenceRecord.of, owners),
            FileReferenceRecord.name == name,
        )
    ).all()
    keys = file_keys(reading, purpose.keys, [record.id for _, record in rows]) if purpose.keys else {}
    return {of: kept(record, purpose, keys.get(record.id)) for of, record in rows}


def kept(record: FileRecord, purpose: FilePurpose, sealed_key: bytes | None) -> KeptFile:
    """The value of a row."""
    return KeptFile(
        id=record.id,
        purpose=purpose,
        digest=record.digest,
        size=record.size,
        media_type=record.media_type,
        format=record.format,
        sealed_key=sealed_key,
    )


def is_there(reading: Reading, purpose: FilePurpose, of: UUID, name: str = "") -> bool:
    """Whether `of` has a file of this name, without opening it."""
    here = (FileReferenceRecord.purpose == purpose.name, FileReferenceRecord.of == of, FileReferenceRecord.name == name)
    return reading.session.scalar(select(FileReferenceRecord.file_id).where(*here)) is not None


def opened(reading: Reading, file: KeptFile) -> OpenFile:
    """A file made ready to be read.

    Raises:
        StoreNotHeld, KeyNotHeld: this face may not.
        SealBroken, KeyUnknown, FormatUnknown: its key does not open.
    """
    store = reading.stores.of(file.purpose)
    if file.purpose.keys is None:
        return OpenFile(file, store, None)
    if file.format is None or file.sealed_key is None:  # what has to be sealed is not read as if it were plain
        raise SealBroken
    require_known(file.format)
    key = reading.keys.sealing(file.purpose.keys).unseal(file.sealed_key, file.purpose.keys.name, file.id)
    return OpenFile(file, store, FileSeal(key, file.purpose.name, file.id))


def open_one(reading: Reading, purpose: FilePurpose, of: UUID, name: str = "") -> OpenFile:
    """A file made ready to be read. Raises NotFound, and what `opened` raises."""
    file = find(reading, purpose, of, name)
    if file is None:
        raise NotFound
    return opened(reading, file)


def content(reading: Reading, purpose: FilePurpose, of: UUID, name: str = "") -> bytes:
    """A small file whole. Raises NotFound, and what `opened` and reading raise."""
    return b"".join(open_one(reading, purpose, of, name).read())
