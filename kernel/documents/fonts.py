"""Fonts asked before anything is set: no character leaves this house as an empty box.

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

from kernel.errors import N_, Refused

BLANK = {"Co", "Cn", "Cs", "Cc", "Cf"}  # categories of characters that have no look of their own


class CharacterCannotBePrinted(Refused):
    """No font of the chain draws this character; `codepoint` is its U+ number."""

    sentence = N_(
        "The character %(character)s (%(codepoint)s) cannot be printed with the fonts installed here, so nothing "
        "was printed or issued: install a font that has this character, or correct the text if it was mistyped."
    )


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one font."""

    font: Path
    text: str


@dataclass(frozen=True, slots=True)
class FontChain:
    """Font files, the preferred one first."""

    paths: tuple[Path, ...]

    def runs(self, text: str) -> list[Run]:
        """The text in stretches, each with the first font that has all of its characters.

        Raises:
            CharacterCannotBePrinted: for the first character that no font of the chain draws.
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
        """Raise CharacterCannotBePrinted when any of `texts` has a character that no font draws."""
        for text in texts:
            self.runs(text)

    def width(self, text: str) -> float:
        """How wide the text is set, in ems, without kerning. Raises as `runs`."""
        return sum(_advance(run.font, character) for run in self.runs(text) for character in run.text)

    def _font_for(self, character: str) -> Path:
        if unicodedata.category(character) not in BLANK:
            for path in self.paths:
                if _draws(path, character):
                    return path
        raise CharacterCannotBePrinted(character=character, codepoint=f"U+{ord(character):04X}")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The two weights in which documents are set."""

    regular: FontChain
    strong: FontChain

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file of both weights."""
        return (*self.regular.paths, *self.strong.paths)

    @property
    def family(self) -> str:
        """The name of the family that everything is set in which it can set."""
        return family_of(self.regular.paths[0])

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text in stretches of one family each: its name and the text.

        Raises:
            CharacterCannotBePrinted: when it cannot be set in both weights.
        """
        self.strong.check([text])
        return [(family_of(run.font), run.text) for run in self.regular.runs(text)]

    def can_set(self, text: str) -> bool:
        """Whether the text can be set in both weights."""
        try:
            self.check([text])
        except CharacterCannotBePrinted:
            return False
        return True

    def check(self, texts: Iterable[str]) -> None:
        """Raise CharacterCannotBePrinted when any of `texts` cannot be set in both weights."""
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


@lru_cache(maxsize=4096)
def _advance(path: Path, character: str) -> float:
    with _READING:
        font, characters = _opened(path)
        return float(font["hmtx"][characters[ord(character)]][0] / font["head"].unitsPerEm)


@lru_cache(maxsize=16)
def family_of(path: Path) -> str:
    """The name by which a template asks for the font; the typographic family where the font has one."""
    with _READING:
        names = _opened(path)[0]["name"]
        return str(names.getBestFamilyName())
