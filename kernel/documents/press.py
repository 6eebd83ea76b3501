"""From a template and values to a PDF or a picture, a few at a time.

The PDF keeps to PDF/A-3a (an archive can open it in decades) and PDF/UA-1 (tagged: it can be read aloud). Both are
asked of the typesetter, which refuses what does not keep to them, a missing glyph and a picture without words among it.
"""

import json
import struct
import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

import typst

from kernel.documents.fonts import Fonts
from kernel.hands import require_free

STANDARDS: Final = ["a-3a", "ua-1"]
# Templates import what they share by its place in the house: `#import "/kernel/documents/house.typ"`.
HOUSE: Final = Path(__file__).parent.parent.parent
AT_ONCE: Final = 2
HEADER: Final = 33  # bytes of a PNG before its other chunks
_TURNS: Final = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the house's own, as SVG; it is no text, and no font is asked for it."""

    svg: str

    @classmethod
    def of(cls, picture: bytes, width: int, height: int) -> "Drawing":
        """A PNG as a drawing of this size: a large one gets faster to the typesetter in this way."""
        link = f"data:image/png;base64,{b64encode(picture).decode('ascii')}"
        size = f'width="{width}" height="{height}"'
        return cls(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{link}" {size}/></svg>')


class TypesettingFault(RuntimeError):
    """A template and the values it was given do not fit: a mistake of ours, never of what somebody typed."""


def pdf(template: Path, values: Mapping[str, Any], fonts: Fonts, *, title: str, day: date, lang: str = "zh") -> bytes:
    """The document as PDF/A-3a and PDF/UA-1.

    Args:
        template: a `.typ` file of the house.
        values: what it prints, as it names them: texts, numbers, lists and dictionaries; bytes are pictures.
        fonts: both weights; nothing is set in any other font.
        title: of the document, which readers show instead of a file name.
        day: the document's own date, so that the bytes do not depend on the day of printing.
        lang: in which language a reader reads it aloud.

    Raises:
        CharacterCannotBePrinted: for a character that no font draws, before anything is set.
        TypesettingFault: the template does not fit the values.
    """
    about = {"title": title, "lang": lang, "year": day.year, "month": day.month, "day": day.day}
    given = {"about": about, "values": _settable(values, fonts)}
    moment = datetime.combine(day, time(), tzinfo=UTC)
    return _pressed(template, given, fonts, format="pdf", pdf_standards=STANDARDS, timestamp=moment)


def png(template: Path, values: Mapping[str, Any], fonts: Fonts, *, dpi: int) -> bytes:
    """The one page of a document as a picture. Arguments and refusals as `pdf`."""
    about = {"title": "", "lang": "zh", "year": 2000, "month": 1, "day": 1}  # a picture carries none of these
    made = _pressed(template, {"about": about, "values": _settable(values, fonts)}, fonts, format="png", ppi=dpi)
    return _sized(made, dpi)


def _sized(picture: bytes, dpi: int) -> bytes:
    """The picture saying how large it is on paper (PNG, third edition, 11.3.4.3), so that it is printed in its size."""
    chunk = b"pHYs" + struct.pack(">IIB", *(round(dpi / 0.0254),) * 2, 1)
    says = struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:HEADER] + says + picture[HEADER:]


def _pressed(template: Path, given: Mapping[str, Any], fonts: Fonts, **how: Any) -> bytes:
    require_free("A document was to be set")
    inputs = {"given": json.dumps(given, ensure_ascii=False)}
    house: dict[str, Any] = {
        "root": HOUSE,
        "font_paths": _loaded(fonts.paths),
        "ignore_system_fonts": True,
        "sys_inputs": inputs,
    }
    with _TURNS:
        try:
            made, warnings = typst.compile_with_warnings(template, **house, **how)
        except typst.TypstError as error:
            raise TypesettingFault(f"{template.name}: {error} {error.diagnostic}") from error
    if warnings:  # an unknown font, text that found no place: nothing that may leave the house
        raise TypesettingFault(f"{template.name}: {warnings[0]}")
    return bytes(made)


@lru_cache(maxsize=4)
def _loaded(paths: tuple[Path, ...]) -> typst.Fonts:
    """The fonts of the folders in which these lie, and no others: not the machine's, not the typesetter's own."""
    folders = sorted({str(path.parent) for path in paths})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _settable(value: Any, fonts: Fonts) -> Any:
    """The value as JSON can carry it; a text that needs more than the first font comes in runs that name theirs."""
    if isinstance(value, str):
        runs = fonts.runs(value)
        return {"runs": runs} if {family for family, _ in runs} - {fonts.family} else value
    if isinstance(value, Drawing):
        return value.svg
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _settable(each, fonts) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(each, fonts) for each in value]
    return value
