"""The quiet background of the card: interlaced curves, computed, the same in every run, sharp at every size."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from kernel.documents import Drawing

PAPER = "#fbfcfe"
LINES = ("#d6e2ef", "#ddebe8", "#e8e4f0")
STROKE = 1.0  # pixels of the card
STEPS = 160  # points of a strand, which are joined by curves

Point = tuple[float, float]


def background(width: int, height: int) -> Drawing:
    """A picture of `width` x `height`."""
    bands = "".join(_braid(width, height, (band + 0.5) / 5, LINES[band % 3]) for band in range(5))
    rosette = _rosette((width * 0.40, height * 0.60), height * 0.36, LINES[0])
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    paper = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    return Drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{paper}{bands}{rosette}</svg>')


def _braid(width: int, height: int, centre: float, colour: str) -> str:
    strands = []
    for strand in range(14):
        phase = 2 * pi * strand / 14
        points = []
        for step in range(STEPS + 1):
            along = step / STEPS
            swing = 0.055 + 0.035 * sin(2 * pi * 2 * along + centre * 7)
            across = centre + swing * sin(2 * pi * 5 * along + phase) + 0.02 * cos(2 * pi * 11 * along - phase)
            points.append((along * width, across * height))
        strands.append(_smooth(points))
    return _drawn(strands, colour)


def _rosette(middle: Point, radius: float, colour: str) -> str:
    strands = []
    for strand in range(16):
        phase = 2 * pi * strand / 16
        points = []
        for step in range(2 * STEPS + 1):
            angle = pi * step / STEPS
            reach = radius * (0.70 + 0.20 * sin(8 * angle + phase) + 0.08 * cos(24 * angle - phase))
            points.append((middle[0] + reach * cos(angle), middle[1] + reach * sin(angle)))
        strands.append(_smooth(points))
    return _drawn(strands, colour)


def _smooth(points: Sequence[Point]) -> str:
    """A curve that bends at each point and passes midway between them."""
    midways = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points[1:])]
    bends = "".join(f"Q{_at(bend)} {_at(to)}" for bend, to in zip(points[1:], [*midways, points[-1]], strict=False))
    return f"M{_at(points[0])}{bends}"


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _drawn(strands: Sequence[str], colour: str) -> str:
    return f'<path d="{"".join(strands)}" fill="none" stroke="{colour}" stroke-width="{STROKE}"/>'
