"""An outline as a value: the name of a bank and its knowledge points in order, in both languages."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.canonical import canonical_json
from question_bank.outlines.errors import OutlineUnusable

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Point:
    """One knowledge point."""

    code: str
    name_zh: str
    name_en: str

    @property
    def names(self) -> dict[str, str]:
        """Both names, as screens take them."""
        return {"zh": self.name_zh, "en": self.name_en}


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
    def names(self) -> dict[str, str]:
        """Both names, as screens take them."""
        return {"zh": self.name_zh, "en": self.name_en}

    def digest(self) -> str:
        """SHA-256 over all that the outline says, in hexadecimal."""
        points = [[point.code, point.name_zh, point.name_en] for point in self.points]
        content = [self.code, self.position, self.name_zh, self.name_en, self.is_sample, points]
        return hashlib.sha256(canonical_json(content)).hexdigest()


def read_outline(fields: Mapping[str, Any], file: str) -> Outline:
    """An outline from its file.

    Raises:
        OutlineUnusable: naming `file` and what is wrong in it.
    """
    try:
        if fields["format"] != FORMAT:
            raise OutlineUnusable(file=file, why=f"format {fields['format']}")
        outline = Outline(
            code=fields["code"],
            position=fields["position"],
            name_zh=fields["name"]["zh"],
            name_en=fields["name"]["en"],
            is_sample=fields["sample"],
            points=tuple(Point(point["code"], point["zh"], point["en"]) for point in fields["points"]),
        )
    except (KeyError, TypeError) as fault:
        raise OutlineUnusable(file=file, why=repr(fault)) from fault
    codes = [point.code for point in outline.points]
    if not codes or len(codes) != len(set(codes)):
        raise OutlineUnusable(file=file, why="points must be there, each code once")
    return outline
