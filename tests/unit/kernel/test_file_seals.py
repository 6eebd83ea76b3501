"""A sealed file opens whole and in ranges, and not at all once anything of it was touched."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.files.kinds import begins_as
from kernel.files.sealing import CHUNK, HEAD, TAG, FileSeal, require_known, span, stored_size
from kernel.keys import SealBroken
from kernel.lasting import FormatUnknown

KEY = bytes(range(32))
SEAL = FileSeal(KEY, "photos", UUID(int=7))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5)


def content_of(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def sealed(size: int, seal: FileSeal = SEAL, piece: int = 10_000) -> bytes:
    content = content_of(size)
    return b"".join(seal.sealed(content[at : at + piece] for at in range(0, size, piece)))


def read(stored: bytes, size: int, start: int, stop: int, seal: FileSeal = SEAL) -> bytes:
    first, last = span(size, start, stop)
    return b"".join(seal.opened([stored[first:last]], size, start, stop))


@pytest.mark.parametrize("size", SIZES)
def test_a_sealed_file_is_as_long_as_is_said(size):
    assert len(sealed(size)) == stored_size(size)


@pytest.mark.parametrize("size", SIZES[1:])
def test_it_opens_to_what_was_sealed(size):
    assert read(sealed(size), size, 0, size) == content_of(size)


def test_however_the_pieces_arrive_the_same_bytes_are_sealed():
    assert len({sealed(2 * CHUNK + 5, piece=piece) for piece in (1_000, CHUNK, CHUNK + TAG, 3 * CHUNK)}) == 1


@given(st.data())
def test_any_range_is_the_same_part_of_the_content(data):
    size = data.draw(st.sampled_from(SIZES[1:]))
    start = data.draw(st.integers(0, size - 1))
    stop = data.draw(st.integers(start + 1, size))
    assert read(sealed(size), size, start, stop) == content_of(size)[start:stop]


def test_a_range_asks_for_the_chunks_that_hold_it_and_no_others():
    assert span(10 * CHUNK, 3 * CHUNK, 3 * CHUNK + 1) == (HEAD + 3 * (CHUNK + TAG), HEAD + 4 * (CHUNK + TAG))
    assert span(CHUNK + 1, CHUNK, CHUNK + 1) == (HEAD + CHUNK + TAG, stored_size(CHUNK + 1))


SIZE = 2 * CHUNK + 5
WHOLE = sealed(SIZE)
FIRST = slice(HEAD, HEAD + CHUNK + TAG)
SECOND = slice(HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG))
TAMPERED = {
    "a bit was turned": WHOLE[:HEAD] + bytes([WHOLE[HEAD] ^ 1]) + WHOLE[HEAD + 1 :],
    "the end was cut off": WHOLE[: SECOND.start],
    "a byte was cut off": WHOLE[:-1],
    "two chunks changed places": WHOLE[:HEAD] + WHOLE[SECOND] + WHOLE[FIRST] + WHOLE[SECOND.stop :],
    "a chunk stands twice": WHOLE[:HEAD] + WHOLE[FIRST] + WHOLE[FIRST] + WHOLE[SECOND.stop :],
    "nothing is left": b"",
}


@pytest.mark.parametrize("stored", TAMPERED.values(), ids=TAMPERED)
def test_what_was_touched_does_not_open(stored):
    with pytest.raises(SealBroken):
        read(stored, SIZE, 0, SIZE)


@pytest.mark.parametrize("size", [SIZE - 1, SIZE + 1, CHUNK, 2 * CHUNK, 5 * CHUNK])
def test_a_size_that_was_changed_beside_the_file_does_not_open(size):
    with pytest.raises(SealBroken):
        read(WHOLE, size, 0, size)


@pytest.mark.parametrize(
    "other",
    [
        FileSeal(bytes(32), "photos", SEAL.id),
        FileSeal(KEY, "films", SEAL.id),
        FileSeal(KEY, "photos", UUID(int=8)),
    ],
)
def test_another_key_purpose_or_file_opens_nothing(other):
    with pytest.raises(SealBroken):
        read(WHOLE, SIZE, 0, SIZE, other)


def test_a_layout_of_a_later_release_is_named_and_not_guessed_at():
    require_known(1)
    with pytest.raises(FormatUnknown, match="format 2"):
        require_known(2)


def test_nobody_reads_the_key_of_a_file_in_a_log():
    assert repr(KEY) not in repr(SEAL)


@pytest.mark.parametrize(
    ("media_type", "first"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0"),
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/svg+xml", b'  <svg xmlns="'),
        ("image/webp", b"RIFF\x00\x00\x00\x00WEBP"),
        ("video/mp4", b"\x00\x00\x00\x20ftypisom"),
        ("video/webm", b"\x1a\x45\xdf\xa3"),
        ("text/vtt", b"WEBVTT\n"),
        ("text/plain", "一".encode()[:-1]),
        ("application/pdf", b"%PDF-1.7"),
    ],
)
def test_a_file_that_begins_as_its_kind_is_taken_for_one(media_type, first):
    assert begins_as(media_type, first)


@pytest.mark.parametrize(
    ("media_type", "first"),
    [
        ("image/jpeg", b"<script>"),
        ("image/png", b""),
        ("image/svg+xml", b"\x00<svg"),
        ("video/mp4", b"ftyp"),
        ("text/vtt", b"<html>"),
        ("text/plain", b"\xff\xfe"),
        ("text/html", b"<html>"),
        ("nonsense", b"anything"),
    ],
)
def test_a_file_that_does_not_is_refused_whatever_it_is_called(media_type, first):
    assert not begins_as(media_type, first)
