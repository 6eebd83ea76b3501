"""Where things stand in a chart, in percent of its area, so that a template only draws them.

Percentages keep the text of a chart at its real size on every screen; a viewBox would shrink it on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

TICKS = 4
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line: `x` and `y` in percent, y counted from the top."""

    x: float
    y: float
    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Tick:
    """One horizontal line with its value."""

    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]

    @property
    def path(self) -> str:
        """The polyline's points in a 100 x 100 box."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def share(value: Decimal | float, whole: Decimal | float) -> float:
    """`value` in percent of `whole`, kept between 0 and 100; 0 of nothing is 0."""
    if not whole:
        return 0.0
    return round(min(100.0, max(0.0, float(value) / float(whole) * 100)), 2)


def nice_step(highest: Decimal) -> Decimal:
    """The distance of about four round lines that reach `highest`."""
    if highest <= 0:
        return Decimal(1)
    rough = highest / TICKS
    magnitude = Decimal(10) ** rough.adjusted()
    return next(magnitude * factor for factor in NICE if magnitude * factor >= rough)


def line(values: Sequence[tuple[str, Decimal | float]], highest: Decimal | float | None = None) -> Line:
    """Lay out (label, value) pairs from left to right, with zero at the bottom and round values at the side."""
    numbers = [Decimal(str(value)) for _, value in values]
    most = max([*numbers, Decimal(str(highest or 0))], default=Decimal(0))
    step = nice_step(most)
    count = max(1, math.ceil(most / step))
    top = step * count
    width = max(1, len(values) - 1)
    points = tuple(
        Point(round(100 * index / width, 2), round(100 - share(number, top), 2), label, number)
        for index, ((label, _), number) in enumerate(zip(values, numbers, strict=True))
    )
    ticks = tuple(Tick(round(100 - share(step * index, top), 2), step * index) for index in range(count + 1))
    return Line(points, ticks)
