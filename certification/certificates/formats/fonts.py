"""Fonts asked before anything is drawn: no character leaves this office as an empty box.

A chain of fonts is tried in order for each character. A character counts as printable only where the font maps it to a
glyph that has an outline; private-use characters never count, because each font draws them as it likes.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from fontTools.ttLib import TTFont
from PIL import ImageFont

from certification.certificates.errors import NameCannotBePrinted


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text drawn with one font."""

    font: Path
    text: str


@dataclass(frozen=True, slots=True)
class FontChain:
    """Font files, the preferred one first."""

    paths: tuple[Path, ...]

    def runs(self, text: str) -> list[Run]:
        """The text in stretches, each with the first font that has all of its characters.

        Raises:
            NameCannotBePrinted: for the first character that no font of the chain draws.
        """
        runs: list[Run] = []
        for character in text:
            font = self._font_for(character)
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + character)
            else:
                runs.append(Run(font, character))
        return runs

    def check(self, texts: Iterable[str]) -> None:
        """Raise NameCannotBePrinted when any of `texts` has a character that no font draws."""
        for text in texts:
            self.runs(text)

    def _font_for(self, character: str) -> Path:
        if unicodedata.category(character) not in {"Co", "Cn", "Cs", "Cc", "Cf"}:
            for path in self.paths:
                if _draws(path, character):
                    return path
        raise NameCannotBePrinted(character=character, codepoint=f"U+{ord(character):04X}")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The two weights in which a certificate is set."""

    regular: FontChain
    strong: FontChain

    def check(self, texts: Iterable[str]) -> None:
        """Raise NameCannotBePrinted when any of `texts` cannot be set in both weights."""
        wanted = list(texts)
        self.regular.check(wanted)
        self.strong.check(wanted)


# A font is read on demand from one open file, whose place all threads share: the first cards after a start, drawn by
# several at once, failed without this. What was read is remembered, so that nobody waits here for long.
_READING = Lock()


@lru_cache(maxsize=16)
def _opened(path: Path) -> tuple[TTFont, dict[int, str]]:
    font = TTFont(path, lazy=True)
    return font, font.getBestCmap() or {}


@lru_cache(maxsize=4096)
def _draws(path: Path, character: str) -> bool:
    with _READING:
        font, characters = _opened(path)
        glyph = characters.get(ord(character))
        if glyph is None or font.getGlyphID(glyph) == 0:
            return False
        if character.isspace() or "glyf" not in font:
            return True
        return bool(font["glyf"][glyph].numberOfContours)


@lru_cache(maxsize=128)
def sized(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font at `size` pixels. The basic layout engine, because the other one is not installed everywhere."""
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def width(chain: FontChain, text: str, size: int) -> float:
    """The width of `text` in pixels at `size`."""
    return sum(sized(run.font, size).getlength(run.text) for run in chain.runs(text))
