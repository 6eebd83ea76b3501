"""First sign-ins on paper: slips to cut apart, ten to a page of A4, in the language of whoever prints them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kernel.documents import Fonts, pdf

TEMPLATE = Path(__file__).parent / "slips.typ"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to one person: a heading, labelled values, and when it ends."""

    name: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipWords:
    """The words around them, already in the reader's language; `lang` is its code."""

    title: str
    note: str
    lang: str


def require_printable(slips: Sequence[Slip], words: SlipWords, fonts: Fonts) -> None:
    """Ask before a password is made that only paper will know. Raises CharacterCannotBePrinted."""
    fonts.check([words.title, words.note, *_texts(slips)])


def slips_pdf(slips: Sequence[Slip], words: SlipWords, fonts: Fonts, *, day: date) -> bytes:
    """The slips as PDF. Raises CharacterCannotBePrinted."""
    rows = [
        {"name": slip.name, "rows": [{"label": label, "value": value} for label, value in slip.rows]} for slip in slips
    ]
    values = {"title": words.title, "note": words.note, "slips": rows}
    return pdf(TEMPLATE, values, fonts, title=words.title, day=day, lang=words.lang)


def _texts(slips: Sequence[Slip]) -> list[str]:
    return [text for slip in slips for text in (slip.name, *(each for row in slip.rows for each in row))]
