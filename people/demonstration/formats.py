"""Portraits of people who do not exist: drawn, flat and friendly, in the proportions of an identity photo.

A face is a function of its seed: every start of a demonstration shows the same people. Nobody was photographed and no
model of real faces is involved.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, TypeVar

from PIL import Image, ImageDraw

from people.accounts.rules import Sex

SIZE: Final = (358, 441)  # pixels; 26 x 32 mm at 350 dpi
SCALE: Final = 3  # drawn larger and reduced, for smooth edges
MIDDLE: Final = 179
EYES: Final = 205  # height of the eyes, and of everything that is placed by them

Colour = tuple[int, int, int]
Choice = TypeVar("Choice")

SKINS: Final[Sequence[Colour]] = ((246, 214, 186), (240, 203, 170), (232, 190, 154), (222, 176, 138))
HAIRS: Final[Sequence[Colour]] = ((28, 25, 26), (40, 33, 31), (54, 43, 38))
GREYS: Final[Sequence[Colour]] = ((120, 120, 124), (148, 148, 152))
JACKETS: Final[Sequence[Colour]] = ((38, 58, 92), (58, 66, 78), (32, 84, 92), (92, 52, 56), (70, 80, 58), (44, 44, 52))
SHIRTS: Final[Sequence[Colour]] = ((245, 247, 250), (214, 228, 243), (236, 229, 215), (222, 235, 226))
MEN: Final = ("crew", "side", "brush", "receding")
WOMEN: Final = ("bob", "tied", "long", "short")
LIPS: Final = {Sex.MALE: (196, 128, 112), Sex.FEMALE: (202, 104, 104)}


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one face from another; widths are half-widths in pixels."""

    sex: Sex
    skin: Colour
    hair: Colour
    style: str
    jacket: Colour
    shirt: Colour
    face: int
    jaw: int
    eye: int
    brow: int
    mouth: int
    glasses: bool
    lines: bool


def look_of(seed: str, sex: Sex, age: int) -> Look:
    """The face that belongs to `seed`; `age` in years greys the hair and draws lines."""
    digest = hashlib.sha256(seed.encode()).digest()

    def pick(place: int, choices: Sequence[Choice]) -> Choice:
        return choices[digest[place] % len(choices)]

    is_older = age >= 50  # noqa: PLR2004 - where grey begins in these drawings
    return Look(
        sex=sex,
        skin=pick(0, SKINS),
        hair=pick(1, GREYS) if is_older else pick(1, HAIRS),
        style=pick(2, MEN if sex is Sex.MALE else WOMEN),
        jacket=pick(3, JACKETS),
        shirt=pick(4, SHIRTS),
        face=78 + digest[5] % 9,
        jaw=(58 if sex is Sex.MALE else 48) + digest[6] % 10,
        eye=9 + digest[7] % 3,
        brow=digest[8] % 4,
        mouth=20 + digest[9] % 8,
        glasses=digest[10] % 3 == 0,
        lines=is_older,
    )


def portrait(seed: str, sex: Sex, age: int) -> bytes:
    """The identity photo of an invented person, as JPEG of 358 x 441 pixels."""
    look = look_of(seed, sex, age)
    picture = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), (232, 239, 247))
    pen = Pen(ImageDraw.Draw(picture))
    _back_hair(pen, look)
    _body(pen, look)
    _head(pen, look)
    _front_hair(pen, look)
    _features(pen, look)
    out = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=92)
    return out.getvalue()


class Pen:
    """Draws in the coordinates of the small picture."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def oval(self, x: float, y: float, half_width: float, half_height: float, fill: Colour) -> None:
        self._draw.ellipse(self._box(x, y, half_width, half_height), fill=fill)

    def ring(self, x: float, y: float, half_width: float, half_height: float, line: Colour) -> None:
        self._draw.rounded_rectangle(
            self._box(x, y, half_width, half_height), radius=14 * SCALE, outline=line, width=4 * SCALE
        )

    def shape(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def line(self, points: Sequence[tuple[float, float]], fill: Colour, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            radius = width * SCALE / 2
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)

    def block(  # noqa: PLR0917 - a box is four numbers
        self, left: float, top: float, right: float, bottom: float, radius: float, fill: Colour
    ) -> None:
        box = (left * SCALE, top * SCALE, right * SCALE, bottom * SCALE)
        self._draw.rounded_rectangle(box, radius=radius * SCALE, fill=fill)

    def arc(  # noqa: PLR0917
        self, x: float, y: float, half_width: float, half_height: float, angles: tuple[int, int], line: Colour
    ) -> None:
        self._draw.arc(self._box(x, y, half_width, half_height), *angles, fill=line, width=4 * SCALE)

    def cap(  # noqa: PLR0917
        self, x: float, y: float, half_width: float, half_height: float, angles: tuple[int, int], fill: Colour
    ) -> None:
        self._draw.chord(self._box(x, y, half_width, half_height), *angles, fill=fill)

    @staticmethod
    def _box(x: float, y: float, half_width: float, half_height: float) -> tuple[float, float, float, float]:
        return (
            (x - half_width) * SCALE,
            (y - half_height) * SCALE,
            (x + half_width) * SCALE,
            (y + half_height) * SCALE,
        )


def darker(colour: Colour, share: float) -> Colour:
    """`colour` with `share` (0 to 1) of its light taken away."""
    red, green, blue = (round(part * (1 - share)) for part in colour)
    return red, green, blue


def _back_hair(pen: Pen, look: Look) -> None:
    if look.style == "long":
        pen.block(MIDDLE - look.face - 20, 112, MIDDLE + look.face + 20, 372, 84, darker(look.hair, 0.15))
    elif look.style == "bob":
        pen.block(MIDDLE - look.face - 20, 112, MIDDLE + look.face + 20, 284, 76, darker(look.hair, 0.15))
    elif look.style == "tied":
        pen.oval(MIDDLE, 84, 36, 30, darker(look.hair, 0.2))


def _body(pen: Pen, look: Look) -> None:
    shade = darker(look.skin, 0.12)
    shoulder = 152 if look.sex is Sex.MALE else 134
    pen.block(MIDDLE - shoulder, 340, MIDDLE + shoulder, 520, 70, look.jacket)
    pen.shape([(MIDDLE - 46, 338), (MIDDLE + 46, 338), (MIDDLE + 4, 441), (MIDDLE - 4, 441)], look.shirt)
    pen.block(MIDDLE - 33, 270, MIDDLE + 33, 366, 26, shade)
    pen.shape([(MIDDLE - 33, 340), (MIDDLE + 33, 340), (MIDDLE, 384)], shade)
    for side in (-1, 1):
        collar = [(MIDDLE + side * 34, 330), (MIDDLE + side * 58, 352), (MIDDLE + side * 30, 398), (MIDDLE, 382)]
        pen.shape(collar, darker(look.shirt, 0.06))
        lapel = [
            (MIDDLE + side * 58, 346),
            (MIDDLE + side * 82, 352),
            (MIDDLE + side * 52, 412),
            (MIDDLE + side * 8, 441),
        ]
        pen.shape(lapel, darker(look.jacket, 0.18))


def _head(pen: Pen, look: Look) -> None:
    for side in (-1, 1):
        pen.oval(MIDDLE + side * (look.face + 2), EYES + 14, 13, 20, darker(look.skin, 0.06))
    pen.oval(MIDDLE, 196, look.face, 94, look.skin)
    pen.block(MIDDLE - look.face, 176, MIDDLE + look.face, 250, 44, look.skin)
    pen.oval(MIDDLE, 250, look.jaw + 12, 62, look.skin)


def _front_hair(pen: Pen, look: Look) -> None:
    draw = {
        "crew": _crew,
        "side": _side,
        "brush": _brush,
        "receding": _receding,
        "bob": _fringe,
        "tied": _combed_back,
        "long": _parted,
        "short": _side,
    }[look.style]
    draw(pen, look)


def _crew(pen: Pen, look: Look) -> None:
    pen.cap(MIDDLE, 180, look.face + 5, 88, (186, 354), look.hair)
    _sideburns(pen, look, 206)


def _side(pen: Pen, look: Look) -> None:
    width = look.face + 7
    pen.cap(MIDDLE, 184, width, 96, (180, 360), look.hair)
    pen.cap(MIDDLE - 24, 194, look.face - 22, 40, (180, 360), look.skin)
    pen.shape([(MIDDLE - 30, 158), (MIDDLE + 64, 150), (MIDDLE + 30, 176)], look.hair)
    _sideburns(pen, look, 226 if look.style == "short" else 212)


def _brush(pen: Pen, look: Look) -> None:
    pen.block(MIDDLE - look.face - 4, 96, MIDDLE + look.face + 4, 200, 46, look.hair)
    pen.block(MIDDLE - look.face + 8, 142, MIDDLE + look.face - 8, 212, 26, look.skin)
    _sideburns(pen, look, 208)


def _receding(pen: Pen, look: Look) -> None:
    pen.cap(MIDDLE, 178, look.face + 5, 82, (184, 356), look.hair)
    for side in (-1, 1):
        pen.oval(MIDDLE + side * 36, 158, 32, 34, look.skin)
    pen.oval(MIDDLE, 172, 46, 30, look.skin)
    _sideburns(pen, look, 208)


def _fringe(pen: Pen, look: Look) -> None:
    pen.cap(MIDDLE, 186, look.face + 14, 104, (176, 364), look.hair)
    pen.block(MIDDLE - look.face + 2, 140, MIDDLE + look.face - 2, 190, 20, look.hair)
    pen.block(MIDDLE - look.face + 10, 183, MIDDLE + look.face - 10, 200, 8, look.skin)
    _curtains(pen, look, 262)


def _combed_back(pen: Pen, look: Look) -> None:
    pen.cap(MIDDLE, 182, look.face + 6, 92, (180, 360), look.hair)
    pen.oval(MIDDLE, 192, look.face - 10, 62, look.skin)
    _sideburns(pen, look, 204)


def _parted(pen: Pen, look: Look) -> None:
    pen.cap(MIDDLE, 188, look.face + 14, 106, (176, 364), look.hair)
    for side in (-1, 1):
        pen.oval(MIDDLE + side * 30, 204, look.face - 30, 62, look.skin)
    pen.shape([(MIDDLE - 12, 132), (MIDDLE + 12, 132), (MIDDLE, 152)], look.hair)
    _curtains(pen, look, 300)


def _curtains(pen: Pen, look: Look, bottom: float) -> None:
    for side in (-1, 1):
        edges = sorted((MIDDLE + side * (look.face - 5), MIDDLE + side * (look.face + 16)))
        pen.block(edges[0], 170, edges[1], bottom, 10, look.hair)


def _sideburns(pen: Pen, look: Look, bottom: float) -> None:
    for side in (-1, 1):
        edges = sorted((MIDDLE + side * (look.face - 6), MIDDLE + side * (look.face + 4)))
        pen.block(edges[0], 160, edges[1], bottom, 4, look.hair)


def _features(pen: Pen, look: Look) -> None:
    line = darker(look.skin, 0.28)
    for side in (-1, 1):
        x = MIDDLE + side * 34
        brow = [(x - 17, EYES - 20 - look.brow), (x, EYES - 24 - look.brow), (x + 17, EYES - 20 - look.brow)]
        pen.line(brow, darker(look.hair, 0.1), 6 if look.sex is Sex.MALE else 4)
        pen.oval(x, EYES, 13, look.eye - 2, (255, 255, 255))
        pen.oval(x, EYES, 7, look.eye - 2, (46, 34, 30))
        pen.oval(x + 2, EYES - 3, 2, 2, (255, 255, 255))
        pen.line([(x - 14, EYES - 3), (x, EYES - look.eye + 1), (x + 14, EYES - 3)], (46, 36, 34), 3)
        if look.lines:
            pen.arc(x, EYES + 10, 15, 8, (30, 150), darker(look.skin, 0.14))
    pen.line([(MIDDLE + 2, EYES + 14), (MIDDLE + 9, EYES + 42), (MIDDLE - 3, EYES + 45)], line, 3.5)
    pen.arc(MIDDLE, 268, look.mouth, 13, (15, 165), LIPS[look.sex])
    pen.line([(MIDDLE - look.mouth + 7, 276), (MIDDLE, 279), (MIDDLE + look.mouth - 7, 276)], LIPS[look.sex], 3)
    if look.glasses:
        _glasses(pen)


def _glasses(pen: Pen) -> None:
    frame = (52, 56, 66)
    for side in (-1, 1):
        pen.ring(MIDDLE + side * 35, EYES + 2, 27, 21, frame)
        pen.line([(MIDDLE + side * 62, EYES - 4), (MIDDLE + side * 78, EYES - 8)], frame, 4)
    pen.line([(MIDDLE - 8, EYES - 3), (MIDDLE + 8, EYES - 3)], frame, 4)
