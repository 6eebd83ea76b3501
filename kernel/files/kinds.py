"""Whether a file begins as its kind does. Pure.

A name and a word of the browser say nothing; the first bytes keep a page of script from being kept as a picture.
"""

from collections.abc import Callable, Mapping

LOOKED_AT = 512

_Looks = Callable[[bytes], bool]


def _begins(*marks: bytes) -> _Looks:
    return lambda first: first.startswith(marks)


def _is_text(first: bytes) -> bool:
    try:
        first.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start > len(first) - 4 and fault.reason == "unexpected end of data"  # cut within a character
    return b"\0" not in first


def _is_svg(first: bytes) -> bool:
    return _is_text(first) and first.lstrip().startswith((b"<svg", b"<?xml"))


BEGINNINGS: Mapping[str, _Looks] = {
    "application/pdf": _begins(b"%PDF-"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _begins(b"PK\x03\x04"),
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/svg+xml": _is_svg,
    "image/webp": lambda first: first.startswith(b"RIFF") and first[8:12] == b"WEBP",
    "text/plain": _is_text,
    "text/vtt": lambda first: _is_text(first) and first.startswith((b"WEBVTT", b"\xef\xbb\xbfWEBVTT")),
    "video/mp4": lambda first: first[4:8] == b"ftyp",
    "video/webm": _begins(b"\x1a\x45\xdf\xa3"),
}


def begins_as(media_type: str, first: bytes) -> bool:
    """Whether `first`, the first LOOKED_AT bytes of a file, are those of a file of this kind."""
    looks = BEGINNINGS.get(media_type)
    return looks is not None and looks(first)
