"""The certificate as a card of 85.6 x 54 mm: where each text stands and how large, before anything is set."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from certification.certificates.errors import TextDoesNotFit
from certification.certificates.formats.guilloche import background
from certification.certificates.rules.face import Face, Field
from kernel.documents import Drawing, FontChain, Fonts, code_matrix, png

HERE = Path(__file__).parent
TEMPLATE, BACKGROUND = HERE / "card.typ", HERE / "background.typ"
WIDTH, HEIGHT, DPI = 1011, 638, 300  # pixels; all measures below are pixels at 300 dpi

LEFT, VALUE_AT, RIGHT = 46, 178, 728
FIRST_ROW, LAST_ROW = 150, 588
LEADING = 1.2
QR_SIZE = 226  # five pixels (0.42 mm) a module: read at arm's length
CAPTION = "扫码查看证书当前状态"


@dataclass(frozen=True, slots=True)
class Box:
    """A place for text: left edge, the line of its middle, width and height."""

    x: int
    y: int
    width: int
    height: int


def card_values(face: Face, *, photo: bytes, link: str, fonts: Fonts) -> dict[str, Any]:
    """What the template of the card prints. `photo` is a JPEG or PNG of any size; `link` is what the QR code opens.

    Raises:
        CharacterCannotBePrinted: when a character is in no font.
        TextDoesNotFit: when a value could only be printed illegibly small.
    """
    code, modules = code_matrix(link)
    return {
        "title": face.title,
        "rows": rows_of(face, fonts),
        "photo": photo,
        "background": _background(fonts),
        "code": code,
        "code_side": QR_SIZE // modules * modules,
        "link": link,
        "caption": CAPTION,
        "specimen": face.specimen,
    }


def draw_card(face: Face, *, photo: bytes, link: str, fonts: Fonts) -> bytes:
    """The card as PNG, the same bytes for the same facts. Arguments and refusals as `card_values`."""
    return png(TEMPLATE, card_values(face, photo=photo, link=link, fonts=fonts), fonts, dpi=DPI)


@lru_cache(maxsize=4)
def _background(fonts: Fonts) -> Drawing:
    made = png(BACKGROUND, {"drawing": background(WIDTH, HEIGHT)}, fonts, dpi=DPI)
    return Drawing.of(made, WIDTH, HEIGHT)


def rows_of(face: Face, fonts: Fonts) -> list[dict[str, Any]]:
    """The labels and values with their places. Raises as `card_values`."""
    fonts.check([*face.texts, CAPTION])
    name, sex, *others = face.fields
    pitch = (LAST_ROW - FIRST_ROW) / len(others)
    high = round(pitch)
    rows = [
        _row(name, Box(LEFT, FIRST_ROW, 560 - LEFT, high), fonts.strong, size=42, strong=True),
        _row(sex, Box(590, FIRST_ROW, RIGHT - 590, high), fonts.strong, size=34, strong=True, gap=74),
    ]
    for place, field in enumerate(others, start=1):
        box = Box(LEFT, round(FIRST_ROW + place * pitch), RIGHT - LEFT, high)
        rows.append(_row(field, box, fonts.regular, size=34, line=RIGHT - LEFT))
    return rows


def _row(
    field: Field,
    box: Box,
    chain: FontChain,
    *,
    size: int,
    gap: int = VALUE_AT - LEFT,
    strong: bool = False,
    line: int = 0,
) -> dict[str, Any]:
    lines, fitted = fit(chain, field.value, box.width - gap, size, of_two=int(box.height / 2 / LEADING))
    return {
        "label": field.label,
        "lines": lines,
        "x": box.x,
        "y": box.y,
        "gap": gap,
        "size": fitted,
        "pitch": round(fitted * LEADING),
        "strong": strong,
        "rule": line and {"y": round(box.y - box.height / 2), "width": line},
    }


def fit(
    chain: FontChain, text: str, room: int, size: int, *, of_two: int = 28, smallest: int = 22
) -> tuple[list[str], int]:
    """The text in one or two lines and the size in pixels at which it fits into `room` pixels.

    `of_two` is the largest size of two lines, so that they stay within their row.

    Raises:
        TextDoesNotFit: when two lines at `smallest` (1.9 mm) are not enough.
    """
    wide = chain.width(text)
    for tried in range(size, smallest - 1, -1):
        if wide * tried <= room:
            return [text], tried
    for lines in _in_two(text):
        for tried in range(max(min(size, of_two), smallest), smallest - 1, -1):
            fitting = [pair for pair in lines if max(map(chain.width, pair)) * tried <= room]
            if fitting:
                return list(fitting[0]), tried
    raise TextDoesNotFit(text=text)


def _in_two(text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The ways to cut a text in two: at a dot or a space, which is rather had smaller; elsewhere. The late cuts first.

    A word in Latin letters stays whole, and no line begins with a dot or a closing bracket.
    """
    places = [
        place
        for place in range(len(text) - 1, 0, -1)
        if text[place] not in "·、，。）) -" and not (_is_latin(text[place - 1]) and _is_latin(text[place]))
    ]
    parts = [(text[:place].rstrip(), text[place:].lstrip()) for place in places]
    natural = [pair for place, pair in zip(places, parts, strict=True) if text[place - 1] in "· -"]
    return natural, [pair for pair in parts if pair not in natural]


def _is_latin(character: str) -> bool:
    return character.isalnum() and character.isascii()
