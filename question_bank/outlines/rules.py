"""An outline as a value: the name of a bank and its knowledge points in order, in both languages."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.lasting import FormatUnknown, canonical_json, lasting
from kernel.names import Names
from question_bank.outlines.errors import OutlineUnusable

LAYOUT = lasting("question_bank.outline")


@dataclass(frozen=True, slots=True)
class Point:
    """One knowledge point."""

    code: str
    name_zh: str
    name_en: str

    @property
    def names(self) -> Names:
        """Both names, as screens take them."""
        return Names(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class Outline:
    """A bank. `is_sample` means: our own sample, not the national bank, and the screens say so."""

    code: str
    position: str
    name_zh: str
    name_en: str
    is_sample: bool
    points: tuple[Point, ...]

    @property
    def names(self) -> Names:
        """Both names, as screens take them."""
        return Names(self.name_zh, self.name_en)

    def digest(self) -> str:
        """SHA-256 over all that the outline says, in hexadecimal."""
        points = [[point.code, point.name_zh, point.name_en] for point in self.points]
        content = [self.code, self.position, self.name_zh, self.name_en, self.is_sample, points]
        return hashlib.sha256(canonical_json(content)).hexdigest()


def read_outline(fields: object, file: str) -> Outline:
    """An outline from its file.

    Raises:
        OutlineUnusable: naming `file` and what is wrong in it.
    """
    try:
        outline = _outline(_mapping("the file", fields))
    except _Unusable as fault:
        raise OutlineUnusable(file=file, why=str(fault)) from fault
    codes = [point.code for point in outline.points]
    if not codes or len(codes) != len(set(codes)):
        raise OutlineUnusable(file=file, why="points must be there, each code once")
    return outline


class _Unusable(ValueError):
    """One thing that is wrong in a file, in English: files are written by those who keep the bank."""


def _outline(fields: Mapping[str, Any]) -> Outline:
    try:
        fields = LAYOUT.read(fields)
    except FormatUnknown as fault:
        raise _Unusable(str(fault)) from fault
    if not isinstance(fields.get("sample"), bool):
        raise _Unusable("sample is neither true nor false")
    if not isinstance(fields.get("points"), list):
        raise _Unusable("points is not a list")
    name = _mapping("name", fields.get("name"))
    points = [_mapping("each of points", point) for point in fields["points"]]
    return Outline(
        code=_text(fields, "code"),
        position=_text(fields, "position"),
        name_zh=_text(name, "zh"),
        name_en=_text(name, "en"),
        is_sample=fields["sample"],
        points=tuple(Point(_text(point, "code"), _text(point, "zh"), _text(point, "en")) for point in points),
    )


def _mapping(what: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _Unusable(f"{what} is not a list of names with values")
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Only text is taken as text: a bare `no` or `010` is not what its author sees there any more."""
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _Unusable(f"{name} is missing or is not text; put it in quotation marks")
    return value
