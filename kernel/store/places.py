"""What a store can do, wherever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of a store: its name, its size in bytes, and when it was put there."""

    name: str
    size: int
    put_at: datetime


class Store(Protocol):
    """Files of one purpose by name, 64 hexadecimal digits.

    What is put is there whole or not at all, and stays there through a power cut once `put` has returned. Every method
    raises StoreIsAway where the store cannot be reached, and StoreUnusable where it refuses us.
    """

    def draft(self) -> Path:
        """A path of this machine at which a file may be written that is then put; the folder is there."""

    def put(self, name: str, draft: Path) -> None:
        """Keep the file at `draft` under `name`, in the place of what was there; the draft is gone afterwards."""

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` until before `stop`, in pieces of any size. Raises FileIsGone, before the first."""

    def find(self, name: str) -> Stored | None:
        """What is kept under `name`."""

    def remove(self, name: str) -> None:
        """Keep `name` no longer; nothing happens where nothing is."""

    def all(self, beginning: str) -> Iterator[Stored]:
        """What is kept under names with these first two digits, in no order."""

    def drafts(self) -> Iterator[tuple[Path, datetime]]:
        """Drafts of this machine that were never put, and when each was last written to."""
