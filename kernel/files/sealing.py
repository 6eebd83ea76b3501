"""A sealed file: chunks that each open by themselves, so that a range is read without the rest. Pure.

    number of this layout   1 byte
    id of the file         16 bytes
    chunks                 64 KiB of the content (the last one less, perhaps nothing), each with its tag of 16 bytes

Each file has a key of its own (32 bytes, used for nothing else). A chunk is sealed with AES-256-GCM; its nonce is its
place (8 bytes) and whether it is the last (1 for the last, 0 for others, 4 bytes), as in STREAM (Hoang, Reyhanitabar,
Rogaway and Vizár, 2015): no chunk can be left out, doubled, moved, or taken into another file, and the end not cut off.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.keys import SealBroken
from kernel.lasting import FormatUnknown, lasting

LAYOUT = lasting("kernel.sealed_file")
CHUNK = 64 * 1024
TAG = 16
HEAD = 17
KEY_BYTES = 32


def stored_size(size: int) -> int:
    """How many bytes a content of `size` bytes takes when it is sealed."""
    return HEAD + size + TAG * (_last(size) + 1)


def _last(size: int) -> int:
    """The place of the last chunk; an empty content has one, and it is empty."""
    return max(0, size - 1) // CHUNK


def span(size: int, start: int, stop: int) -> tuple[int, int]:
    """Where the chunks lie that hold the content from `start` until before `stop`, which is not empty."""
    end = (stop - 1) // CHUNK + 1
    return HEAD + start // CHUNK * (CHUNK + TAG), min(HEAD + end * (CHUNK + TAG), stored_size(size))


@dataclass(frozen=True, slots=True)
class FileSeal:
    """Seals and opens one file: that with this `id`, of this purpose."""

    key: bytes = field(repr=False)
    purpose: str
    id: UUID

    def sealed(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed file, piece by piece, for a content that comes in pieces of any size."""
        yield self._head
        held, place = b"", 0
        for piece in pieces:
            held += piece
            while len(held) > CHUNK:  # what is exactly one chunk may be the last
                yield self._seal(held[:CHUNK], place, is_last=False)
                held, place = held[CHUNK:], place + 1
        yield self._seal(held, place, is_last=True)

    def opened(self, pieces: Iterable[bytes], size: int, start: int, stop: int) -> Iterator[bytes]:
        """The content from `start` until before `stop`; `pieces` are the stored bytes of `span(size, start, stop)`.

        Raises:
            SealBroken: altered, cut, another file's, or of another size.
        """
        missing = stop - start
        for place, chunk in enumerate(_chunks(pieces), start=start // CHUNK):
            content, begins = self._open(chunk, place, is_last=place == _last(size)), place * CHUNK
            piece = content[max(0, start - begins) : stop - begins]
            missing -= len(piece)
            yield piece
        if missing:
            raise SealBroken

    @property
    def _head(self) -> bytes:
        return bytes([LAYOUT.format]) + self.id.bytes

    def _bound(self) -> bytes:
        return b"\0".join([b"anpei file", self._head, self.purpose.encode()])

    def _seal(self, content: bytes, place: int, *, is_last: bool) -> bytes:
        return AESGCM(self.key).encrypt(_nonce(place, is_last=is_last), content, self._bound())

    def _open(self, chunk: bytes, place: int, *, is_last: bool) -> bytes:
        try:
            return AESGCM(self.key).decrypt(_nonce(place, is_last=is_last), chunk, self._bound())
        except (InvalidTag, ValueError):
            raise SealBroken from None


def _nonce(place: int, *, is_last: bool) -> bytes:
    return place.to_bytes(8, "big") + int(is_last).to_bytes(4, "big")


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Stored bytes as sealed chunks, however they arrive."""
    held = b""
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK + TAG:
            yield held[: CHUNK + TAG]
            held = held[CHUNK + TAG :]
    if held:
        yield held


def require_known(number: int) -> None:
    """Raises FormatUnknown for a layout of a later release."""
    if number != LAYOUT.format:
        raise FormatUnknown(kind=LAYOUT.name, format=number)
