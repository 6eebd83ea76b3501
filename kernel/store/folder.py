"""Files in a folder of this machine, or of a disk that several share.

<folder>/<first two digits>/<name>
<folder>/drafts/<random>            on the same disk, so that putting one is a change of name
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from kernel.store.errors import FileIsGone, StoreUnusable
from kernel.store.places import Stored

DRAFTS = "drafts"
PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class FolderStore:
    """The store of one purpose under `folder`, which is made with the first file."""

    purpose: str
    folder: Path

    def draft(self) -> Path:
        """A path under `drafts`."""
        return self._made(DRAFTS) / secrets.token_hex(16)

    def put(self, name: str, draft: Path) -> None:
        """Changes the name of the draft; first its bytes are on the disk, then its name."""
        path = self._path(name)
        self._made(name[:2])
        _to_disk(draft)
        draft.replace(path)
        _to_disk(path.parent)

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes of a range."""
        try:
            file = self._path(name).open("rb")
        except FileNotFoundError:
            raise FileIsGone(purpose=self.purpose, name=name) from None
        return _pieces(file, start, stop)

    def find(self, name: str) -> Stored | None:
        """What the disk says of it."""
        try:
            return _stored(self._path(name))
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Take it off the disk."""
        self._path(name).unlink(missing_ok=True)

    def all(self, beginning: str) -> Iterator[Stored]:
        """Every file of one folder."""
        folder = self.folder / beginning
        for path in folder.iterdir() if folder.is_dir() else ():
            yield _stored(path)

    def drafts(self) -> Iterator[tuple[Path, datetime]]:
        """What lies under `drafts`."""
        folder = self.folder / DRAFTS
        for path in folder.iterdir() if folder.is_dir() else ():
            yield path, _stored(path).put_at

    def _made(self, name: str) -> Path:
        """A folder of the store, which is its owner's alone."""
        folder = self.folder / name
        try:
            if not folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as fault:
            raise StoreUnusable(address=str(self.folder), why=os.strerror(fault.errno or 0)) from None
        return folder

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


def _pieces(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while start < stop and (piece := file.read(min(PIECE, stop - start))):
            start += len(piece)
            yield piece


def _stored(path: Path) -> Stored:
    found = path.stat()
    return Stored(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
