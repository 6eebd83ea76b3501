"""What the electrician does in the five steps, and what stays behind after each."""

import math

from cabinet import conductor
from drawing import AMBER, GREEN, INK, RED, WHITE, Painter
from timeline import (
    AWAY,
    BARRIER,
    CLAMP_Y,
    CLAMPS,
    EARTH_END,
    ENDING,
    LOCKED,
    PHASES,
    SOCKET,
    SOCKET_TESTS,
    STEPS,
    TAGGED,
    TERMINAL_Y,
    TESTS,
    along,
    between,
)


def arm(paint: Painter, fist: tuple[float, float]) -> None:
    """A sleeve that comes in from the lower right and a gloved fist."""
    x, y = fist
    away = math.atan2(640 - y, 1060 - x)
    wrist = (x + 46 * math.cos(away), y + 46 * math.sin(away))
    paint.path([wrist, (1100, y + (1100 - x) * math.tan(away))], "#3d6a94", 48)
    paint.path([fist, wrist], "#c98b5a", 38)
    paint.path([wrist, (x + 54 * math.cos(away), y + 54 * math.sin(away))], "#a86f42", 44)
    paint.disc(x, y, 21, "#c98b5a")
    for finger in range(3):
        paint.path([(x - 16, y - 9 + finger * 9), (x - 2, y - 9 + finger * 9)], "#a86f42", 2)


def switching(paint: Painter, moment: float) -> None:
    """Step 1: the hand goes to the breaker, then to the isolator's handle."""
    if not 7.6 < moment < 18.0:
        return
    at_breaker, after = (444, 268), (444, 290)
    at_handle, pulled = (698, 192), (698, 222)
    keys = [(7.6, AWAY), (9.4, at_breaker), (9.8, at_breaker), (10.2, after), (11.6, after), (13.6, at_handle)]
    keys += [(14.8, at_handle), (15.7, pulled), (16.2, pulled), (17.8, AWAY)]
    arm(paint, along(moment, keys))


def tester(paint: Painter, moment: float) -> None:
    """Step 2: a live point, each conductor, the live point again; the lamp tells."""
    if not 21.0 < moment < 39.0:
        return
    paint.box(SOCKET[0] - 38, SOCKET[1] - 38, 76, 76, WHITE, INK, 10, 3)
    for dx in (-12, 12):
        paint.box(SOCKET[0] + dx - 3, SOCKET[1] - 10, 6, 20, INK, None, 2)
    paint.text(SOCKET[0], SOCKET[1] - 56, "确知有电的插座", 18, INK, "mm")
    slot = (SOCKET[0] + 12, SOCKET[1])
    keys: list[tuple[float, tuple[float, float]]] = [(21.0, AWAY), (22.6, slot), (24.8, slot)]
    for name, second in TESTS.items():
        keys += [(second, (PHASES[name], TERMINAL_Y)), (second + 1.1, (PHASES[name], TERMINAL_Y))]
    keys += [(33.6, slot), (37.0, slot), (38.8, AWAY)]
    x, y = along(moment, keys)
    lit = any(start <= moment < end for start, end in SOCKET_TESTS) and abs(x - slot[0]) < 2
    paint.path([(x, y), (x + 34, y + 24)], INK, 5)
    paint.path([(x + 30, y + 21), (x + 92, y + 65)], AMBER, 18)
    paint.disc(x + 62, y + 44, 9, "#ff3b30" if lit else "#5b6b7c", WHITE, 2)
    if lit:
        for ray in range(8):
            a = math.radians(ray * 45 + 20)
            near, far = 15, 22 + 2 * math.sin(moment * 12)
            centre = (x + 62, y + 44)
            paint.path([(centre[0] + r * math.cos(a), centre[1] + r * math.sin(a)) for r in (near, far)], RED, 3)
    arm(paint, (x + 104, y + 74))


def verdicts(paint: Painter, moment: float) -> None:
    """A quiet mark on each conductor that was found dead; it stays until the earthing begins."""
    for name, second in TESTS.items():
        grown = between(moment, second + 0.5, 0.3)
        if grown and moment < STEPS[2][1]:
            x = PHASES[name]
            paint.box(x - 25, 320, 50, 22 * grown, WHITE, GREEN, 5, 2)
            if grown == 1:
                paint.text(x, 331, "无电", 15, GREEN, "mm")


def earth_lead(paint: Painter, moment: float) -> None:
    """Step 3: the earth end first, then each conductor; the hand carries the clamp that comes next."""
    if moment < 39.2 or moment > ENDING + 1:
        return
    ends = [(EARTH_END, (600.0, 392.0))] + [
        (second, (float(PHASES[n]), float(CLAMP_Y))) for n, second in CLAMPS.items()
    ]
    fixed = [point for second, point in ends if moment >= second]
    for x, y in fixed[1:]:
        paint.cable([(600, 392), (572, CLAMP_Y - 22), (x, CLAMP_Y - 14), (x, y)])
    for x, y in fixed:
        clamp(paint, x, y)
    if moment > 51.2:
        return
    keys: list[tuple[float, tuple[float, float]]] = [(39.2, AWAY)]
    for second, point in ends:
        keys += [(second, point), (second + 0.5, point)]
    x, y = along(moment, [*keys, (51.0, AWAY)])
    if moment < ends[-1][0]:
        if fixed:
            paint.cable([(600, 392), (x, y)])
        clamp(paint, x, y)
    arm(paint, (x + 26, y + 18))


def clamp(paint: Painter, x: float, y: float) -> None:
    """A screw clamp."""
    paint.box(x - 11, y - 13, 22, 26, "#c58b2a", INK, 5, 2)
    paint.disc(x, y, 4, INK)


def lock_and_tag(paint: Painter, moment: float) -> None:
    """Step 4: a padlock on the isolator's handle, then the board."""
    if moment < 53.2:
        return
    x, y = along(moment, [(53.2, AWAY), (LOCKED, (682, 228)), (LOCKED + 0.4, (682, 228))])
    paint.arc(x - 11, y - 6, 22, 28, INK, 5)
    paint.box(x - 17, y + 8, 34, 28, "#d9a520", INK, 5, 2)
    paint.disc(x, y + 20, 4, INK)
    if moment < 57.0:
        hand = along(moment, [(53.2, AWAY), (LOCKED, (712, 254)), (LOCKED + 0.4, (712, 254)), (56.9, AWAY)])
        arm(paint, hand)
    if moment < 56.8:
        return
    tx, ty = along(moment, [(56.8, (1060, 420)), (TAGGED, (612, 288))])
    paint.path([(tx + 10, ty), (tx + 70, ty - 42), (tx + 130, ty)], INK, 2)
    paint.box(tx, ty, 140, 92, WHITE, RED, 8, 5)
    paint.text(tx + 70, ty + 33, "禁止合闸", 27, RED, "mm")
    paint.text(tx + 70, ty + 67, "有人工作", 22, RED, "mm")
    if moment < 60.6:
        arm(paint, along(moment, [(56.8, (1200, 420)), (TAGGED, (752, 364)), (59.0, (752, 364)), (60.4, AWAY)]))


def barrier(paint: Painter, moment: float) -> None:
    """Step 5: the neighbour that stays live, and the barrier before it."""
    came = between(moment, 61.9, 1.2)
    if not came:
        return
    x = 800 + 180 * (1 - came)
    paint.box(x, 104, 140, 364, WHITE, RED, 12, 4)
    paint.text(x + 70, 132, "邻柜 带电", 19, RED, "mm")
    for dx in (34, 70, 106):
        conductor(paint, x + dx, 150, 440, 1, moment)
    y = 340 + 240 * (1 - between(moment, BARRIER, 1.3))
    for post in (772, 936):
        paint.box(post, y - 20, 12, 136, INK, None, 4)
        paint.box(post - 14, y + 112, 40, 10, INK, None, 4)
    for rail in (y, y + 56):
        paint.stripes(778, rail, 164, 18)
    if moment > 66.0:
        shown = between(moment, 66.0, 0.5)
        paint.warning(860, y - 44 - 20 * (1 - shown), 44 * shown)
        if shown == 1:
            paint.box(806, y + 22, 108, 30, WHITE, AMBER, 6, 2)
            paint.text(860, y + 37, "当心触电", 20, INK, "mm")
