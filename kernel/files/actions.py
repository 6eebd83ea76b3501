"""Keeping a file, and letting go of it. Parts of deeds, no deeds themselves: the room says who may."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, select

from kernel.files.errors import FileTooLarge, NotThisKindOfFile
from kernel.files.kinds import LOOKED_AT, begins_as
from kernel.files.queries import is_there
from kernel.files.sealing import KEY_BYTES, LAYOUT, FileSeal
from kernel.files.tables import FileRecord, FileReferenceRecord
from kernel.ids import new_id
from kernel.locks import hold
from kernel.sealed import seal_file_key
from kernel.store import FilePurpose, StoresOfFace
from kernel.store.purposes import MEGABYTE
from kernel.work import Work

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was received and is kept by nobody yet: its bytes lie at `draft`, sealed where they have to be."""

    purpose: FilePurpose
    media_type: str
    id: UUID
    draft: Path
    digest: bytes
    size: int
    stored: int
    key: bytes | None = field(repr=False)

    def drop(self) -> None:
        """Forget it: nothing came of the deed that it was received for."""
        self.draft.unlink(missing_ok=True)


def receive(stores: StoresOfFace, purpose: FilePurpose, content: BinaryIO, media_type: str) -> Incoming:
    """Take a file in, a piece at a time: for what is large before a work is opened, which would hold a connection.

    Raises:
        FileTooLarge, NotThisKindOfFile: not what this purpose is for.
        StoreNotHeld, StoreUnusable.
    """
    first = content.read(LOOKED_AT)
    if media_type not in purpose.media_types or not begins_as(media_type, first):
        raise NotThisKindOfFile(media_type=media_type)
    draft, id_ = stores.of(purpose).draft(), new_id()
    key = os.urandom(KEY_BYTES) if purpose.keys else None
    counted = _Counted(purpose.most_bytes)
    pieces = counted.of(_pieces(first, content))
    digest, stored = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in FileSeal(key, purpose.name, id_).sealed(pieces) if key else pieces:
                digest.update(piece)
                stored += file.write(piece)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Incoming(purpose, media_type, id_, draft, digest.digest(), counted.size, stored, key)


@dataclass(slots=True)
class _Counted:
    most: int
    size: int = 0

    def of(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.size += len(piece)
            if self.size > self.most:
                raise FileTooLarge(megabytes=self.most // MEGABYTE)
            yield piece


def _pieces(first: bytes, content: BinaryIO) -> Iterator[bytes]:
    yield first
    while piece := content.read(PIECE):
        yield piece


def keep(work: Work, incoming: Incoming, of: UUID, name: str = "") -> UUID:
    """Keep a received file as that of `of`, in the place of one of the same name; the id of the file.

    It is put into its store now, and known once the work is committed. Where the same content lies there already, it is
    that file. Raises StoreIsAway, StoreUnusable, StoreNotHeld.
    """
    purpose, store = incoming.purpose, work.stores.of(incoming.purpose)
    # Nobody takes the file away as an orphan between our looking and our commit; see `sweeping`.
    hold(work.session, lock_of(purpose, incoming.digest))
    here = (FileRecord.purpose == purpose.name, FileRecord.digest == incoming.digest)
    known = work.session.scalar(select(FileRecord.id).where(*here))
    lies = store.find(incoming.digest.hex())
    if known is None or lies is None or lies.size != incoming.stored:
        store.put(incoming.digest.hex(), incoming.draft)
    else:
        incoming.drop()
    if known is None:
        _write_down(work, incoming)
    if is_there(work, purpose, of, name):  # whose file is history is never asked to let go of one
        let_go(work, purpose, of, name)
    reference = FileReferenceRecord(
        purpose=purpose.name, of=of, name=name, file_id=known or incoming.id, referred_at=work.now
    )
    work.session.add(reference)
    work.session.flush()
    return reference.file_id


def _write_down(work: Work, incoming: Incoming) -> None:
    purpose = incoming.purpose
    work.session.add(
        FileRecord(
            id=incoming.id,
            purpose=purpose.name,
            role=purpose.steward.role,
            digest=incoming.digest,
            size=incoming.size,
            stored=incoming.stored,
            media_type=incoming.media_type,
            format=LAYOUT.format if incoming.key else None,
            kept_at=work.now,
        )
    )
    work.session.flush()  # its key and who refers to it come after it
    if purpose.keys and incoming.key:
        seal_file_key(work, purpose.keys, incoming.id, incoming.key)


def let_go(work: Work, purpose: FilePurpose, of: UUID, name: str = "") -> None:
    """Refer to a file no longer, where there is one. It goes when nobody has referred to it for thirty days."""
    gone = delete(FileReferenceRecord).where(
        FileReferenceRecord.purpose == purpose.name, FileReferenceRecord.of == of, FileReferenceRecord.name == name
    )
    work.session.execute(gone)


def lock_of(purpose: FilePurpose, digest: bytes) -> str:
    """Under which name a file is held by whoever takes it up or takes it away; pruning holds the same, in SQL."""
    return f"kernel.file:{purpose.name}/{digest.hex()}"
