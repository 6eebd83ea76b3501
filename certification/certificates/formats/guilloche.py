"""The quiet background of the card: interlaced curves, computed, the same in every run."""

from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

PAPER = (251, 252, 254)
LINES = ((214, 226, 239), (221, 235, 232), (232, 228, 240))
OVERSAMPLING = 2


@lru_cache(maxsize=2)
def background(width: int, height: int) -> Image.Image:
    """An RGB picture of `width` x `height` pixels. Copy it before drawing on it."""
    large = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING), PAPER)
    draw = ImageDraw.Draw(large)
    for band in range(5):
        _braid(draw, large.size, centre=(band + 0.5) / 5, colour=LINES[band % 3])
    _rosette(draw, (large.width * 0.40, large.height * 0.60), large.height * 0.36, LINES[0])
    return large.resize((width, height), Image.Resampling.LANCZOS)


def _braid(draw: ImageDraw.ImageDraw, size: tuple[int, int], *, centre: float, colour: tuple[int, int, int]) -> None:
    width, height = size
    steps = 480
    for strand in range(14):
        phase = 2 * pi * strand / 14
        points = []
        for step in range(steps + 1):
            along = step / steps
            swing = 0.055 + 0.035 * sin(2 * pi * 2 * along + centre * 7)
            across = centre + swing * sin(2 * pi * 5 * along + phase) + 0.02 * cos(2 * pi * 11 * along - phase)
            points.append((along * width, across * height))
        draw.line(points, fill=colour, width=OVERSAMPLING)


def _rosette(
    draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, colour: tuple[int, int, int]
) -> None:
    for strand in range(16):
        phase = 2 * pi * strand / 16
        points = []
        for step in range(721):
            angle = 2 * pi * step / 720
            reach = radius * (0.70 + 0.20 * sin(8 * angle + phase) + 0.08 * cos(24 * angle - phase))
            points.append((middle[0] + reach * cos(angle), middle[1] + reach * sin(angle)))
        draw.line(points, fill=colour, width=OVERSAMPLING)
