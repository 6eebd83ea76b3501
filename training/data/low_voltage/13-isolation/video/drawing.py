"""A small painter over Pillow: logical pixels in, smooth edges out."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Self

from PIL import Image, ImageColor, ImageDraw, ImageFont

SCALE = 2
INK, BLUE, PALE, SOFT, WHITE = "#1f2a37", "#1f4e79", "#e8eff6", "#f3f6f9", "#ffffff"
GREY, RED, AMBER, GREEN = "#94a3b8", "#c62828", "#b45309", "#2e7d32"

Points = Sequence[tuple[float, float]]


def mix(start: str, end: str, part: float) -> str:
    """The colour `part` (0 to 1) of the way between two hex colours."""
    pairs = zip(ImageColor.getrgb(start)[:3], ImageColor.getrgb(end)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


class Painter:
    """Draws on a canvas SCALE times the size that `finished` returns."""

    def __init__(self, width: int, height: int, font: Path) -> None:
        self.size, self.font = (width, height), font
        self.faces: dict[float, ImageFont.FreeTypeFont] = {}
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def copy(self) -> Self:
        """A painter that goes on from here; the fonts already loaded are shared."""
        twin = object.__new__(type(self))
        twin.size, twin.font, twin.faces = self.size, self.font, self.faces
        twin.image = self.image.copy()
        twin.draw = ImageDraw.Draw(twin.image)
        return twin

    def finished(self) -> Image.Image:
        """The picture at its logical size."""
        return self.image.reduce(SCALE)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        edge: str | None = None,
        corner: float = 0,
        line: float = 0,
    ) -> None:
        """A rectangle, rounded by `corner`."""
        area = [v * SCALE for v in (x, y, x + width, y + height)]
        self.draw.rounded_rectangle(area, corner * SCALE, fill, edge, round(line * SCALE))

    def disc(self, x: float, y: float, radius: float, fill: str, edge: str | None = None, line: float = 0) -> None:
        """A filled circle."""
        area = [v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(area, fill, edge, round(line * SCALE))

    def path(self, points: Points, colour: str, width: float) -> None:
        """A line through the points, with round ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, colour, round(width * SCALE), "curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def cable(self, points: Points) -> None:
        """A green and yellow protective conductor along the points."""
        self.path(points, "#f2c230", 8)
        for (x1, y1), (x2, y2) in pairwise(points):
            length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
            for dash in range(0, int(length), 16):
                a, b = dash / length, min(1.0, (dash + 8) / length)
                ends = [(x1 + (x2 - x1) * k, y1 + (y2 - y1) * k) for k in (a, b)]
                self.draw.line([(x * SCALE, y * SCALE) for x, y in ends], GREEN, 8 * SCALE)

    def arc(self, x: float, y: float, width: float, height: float, colour: str, line: float) -> None:
        """The upper half of an ellipse: a padlock's shackle."""
        area = [v * SCALE for v in (x, y, x + width, y + height)]
        self.draw.arc(area, 180, 360, colour, round(line * SCALE))

    def stripes(self, x: float, y: float, width: float, height: float) -> None:
        """A barrier rail, striped in yellow and black."""
        self.box(x, y, width, height, "#ffd166", INK, 2, 2)
        for start in range(0, int(width) - 12, 36):
            left = x + start + 10
            slant = [(left, y + height), (left + 12, y), (left + 26, y), (left + 14, y + height)]
            inside = [(min(px, x + width), py) for px, py in slant]
            self.draw.polygon([(px * SCALE, py * SCALE) for px, py in inside], INK)

    def warning(self, x: float, y: float, reach: float) -> None:
        """A yellow triangle with a flash in it, `reach` from its centre to its top."""
        corners = [(x, y - reach), (x + 0.95 * reach, y + 0.62 * reach), (x - 0.95 * reach, y + 0.62 * reach)]
        self.draw.polygon([(px * SCALE, py * SCALE) for px, py in corners], "#ffd166")
        self.path([*corners, corners[0]], INK, 0.09 * reach)
        flash = ((0.1, -0.55), (-0.24, 0.1), (-0.02, 0.1), (-0.1, 0.5), (0.24, -0.12), (0.02, -0.12))
        self.draw.polygon([((x + dx * reach) * SCALE, (y + dy * reach) * SCALE) for dx, dy in flash], INK)

    def text(self, x: float, y: float, words: str, size: float, colour: str, anchor: str) -> None:
        """One line of text; `anchor` as Pillow names it ("lm", "mm")."""
        if size not in self.faces:
            self.faces[size] = ImageFont.truetype(str(self.font), round(size * SCALE))
        self.draw.text((x * SCALE, y * SCALE), words, colour, self.faces[size], anchor)
