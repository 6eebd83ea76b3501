"""The cabinet: wires coloured by what is live, the isolator, the breaker, the load that runs down."""

import math

from drawing import BLUE, GREEN, GREY, INK, PALE, RED, SOFT, WHITE, Painter, mix
from timeline import BREAKER_OPENS, HEIGHT, ISOLATOR_OPENS, PHASES, TERMINAL_Y, WIDTH, between


def backdrop(paint: Painter) -> None:
    """What never changes: the panel of steps, the cabinet, the terminal strip, the earth bar."""
    paint.box(0, 0, WIDTH, HEIGHT, SOFT)
    paint.box(0, 0, 228, HEIGHT, BLUE)
    paint.text(28, 52, "动手之前", 30, WHITE, "lm")
    paint.text(28, 92, "先做完这五步", 20, "#c7d8e8", "lm")
    paint.box(296, 104, 336, 364, WHITE, "#b9c7d6", 12, 3)
    paint.text(322, 133, "电源", 16, GREY, "mm")
    for name, x in PHASES.items():
        paint.text(x, 120, name, 16, INK, "mm")
    paint.box(590, 380, 20, 70, "#f2c230", None, 4)
    for y in range(384, 450, 20):
        paint.box(590, y, 20, 9, GREEN)
    paint.text(620, 422, "PE", 15, GREEN, "mm")
    paint.text(590, 173, "隔离开关", 16, INK, "mm")


def conductor(paint: Painter, x: float, top: float, bottom: float, live: float, moment: float) -> None:
    """A vertical wire; `live` from 1 (red, with pulses running down) to 0 (dead, grey)."""
    paint.path([(x, top), (x, bottom)], mix(GREY, RED, live), 6)
    if live < 0.5:
        return
    y = top + (moment * 36) % 30
    while y < bottom - 2:
        paint.disc(x, y, 3.2, "#ffd9d6")
        y += 30


def circuit(paint: Painter, moment: float) -> None:
    """The wires from the source to the load, coloured by what is live at this moment."""
    middle = 1 - between(moment, ISOLATOR_OPENS, 0.4)
    load = 1 - between(moment, BREAKER_OPENS, 0.4)
    for name, x in PHASES.items():
        if name == "N":
            paint.path([(x, 138), (x, 400)], "#4a90c4", 6)
            continue
        conductor(paint, x, 138, 166, 1, moment)
        conductor(paint, x, 214, 252, middle, moment)
        conductor(paint, x, 308, 400, load, moment)
    isolator(paint, between(moment, ISOLATOR_OPENS - 0.2, 0.9), mix(GREY, RED, middle))
    breaker(paint, between(moment, BREAKER_OPENS - 0.2, 0.4))
    paint.box(336, 346, 228, 26, PALE, BLUE, 5, 2)
    for x in PHASES.values():
        paint.disc(x, TERMINAL_Y, 9, WHITE, BLUE, 2)
        paint.path([(x - 5, TERMINAL_Y), (x + 5, TERMINAL_Y)], BLUE, 2)
    machine(paint, moment)


def isolator(paint: Painter, opened: float, colour: str) -> None:
    """Three blades on hinges; open, each leaves a gap that anyone can see."""
    angle = math.radians(-90 + 46 * opened)
    for name, x in PHASES.items():
        if name == "N":
            continue
        paint.path([(x, 214), (x + 50 * math.cos(angle), 214 + 50 * math.sin(angle))], colour, 7)
        paint.disc(x, 214, 6, INK)
        paint.disc(x, 164, 6, INK)
    reach = 30 * opened
    paint.path([(494 + reach, 190), (680, 190 + reach)], INK, 5)
    paint.disc(682, 190 + reach, 10, BLUE)


def gap_callout(paint: Painter, moment: float) -> None:
    """Points at the open blades while step 1 is explained."""
    seen = min(between(moment, 16.4, 0.4), 1 - between(moment, 20.4, 0.4))
    if seen <= 0:
        return
    colour = mix(SOFT, GREEN, seen)
    paint.path([(500, 166), (660, 148)], colour, 3)
    paint.box(660, 126, 196, 46, SOFT, colour, 10, 3)
    paint.text(758, 149, "看得见的断口", 25, colour, "mm")


def breaker(paint: Painter, opened: float) -> None:
    """The moulded case with its handle and the flag that says closed or open."""
    paint.box(336, 250, 168, 60, WHITE, INK, 8, 3)
    paint.text(376, 280, "断路器", 18, INK, "mm")
    paint.box(412, 260, 26, 40, PALE, INK, 5, 2)
    paint.box(414, 262 + 20 * opened, 22, 16, INK, None, 4)
    closed = opened < 0.5
    paint.box(448, 266, 44, 28, RED if closed else GREEN, None, 6)
    paint.text(470, 280, "合" if closed else "分", 19, WHITE, "mm")


def machine(paint: Painter, moment: float) -> None:
    """The load: a fan that runs down once the breaker is open."""
    paint.box(336, 400, 228, 56, WHITE, INK, 8, 3)
    paint.text(500, 428, "设备", 20, INK, "mm")
    coasting = min(max(moment - BREAKER_OPENS, 0.0), 2.5)
    turned = min(moment, BREAKER_OPENS) * 300 + 300 * (coasting - coasting**2 / 5)
    paint.disc(410, 428, 22, PALE, INK, 2)
    for blade in range(3):
        angle = math.radians(turned + blade * 120)
        paint.path([(410, 428), (410 + 16 * math.cos(angle), 428 + 16 * math.sin(angle))], INK, 6)
