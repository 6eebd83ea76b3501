"""What a candidate can do, and what each deed changes.

A deed that cannot be done here and now (squeezing with nothing in hand) is no error: it leaves the world as it is and
becomes the fact `not_possible`, because trying it is part of the evidence.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace

from simulations.apparatus.rules.extinguisher.fire import TICK_MS, kind_now
from simulations.apparatus.rules.extinguisher.scene import PARTS, SHOWN_BY, Defect, Scene
from simulations.apparatus.rules.extinguisher.world import Aim, Bearing, Ending, World
from simulations.engine.errors import OperationUnreadable
from simulations.engine.rules import Change, Fact, Given, Operation

FARTHEST_M = 15
DIRECTIONS = frozenset({Bearing.UPWIND.value, Bearing.CROSSWIND.value, Bearing.DOWNWIND.value})
SWEEP_TICKS = 12  # one stroke of the nozzle keeps covering the base for 1.2 s

Deed = Callable[[Scene, World, Operation], Change[World]]


def _done(world: World, operation: Operation, name: str, **about: str | int) -> Change[World]:
    return Change(world, (Fact(operation.at_ms, name, about, operation.number),))


def _cannot(world: World, operation: Operation, why: str) -> Change[World]:
    return _done(world, operation, "not_possible", deed=operation.name, why=why)


def _look(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    return _done(replace(world, looked=True), operation, "looked")


def _raise_alarm(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if world.alarm:
        return _cannot(world, operation, "done_already")
    return _done(replace(world, alarm=True), operation, "alarm_raised", after_discharge=int(bool(world.used)))


def _isolate(scene: Scene, world: World, operation: Operation) -> Change[World]:
    if scene.source is None:
        return _cannot(world, operation, "nothing_to_isolate")
    if not scene.source.reachable:
        return _cannot(world, operation, "out_of_reach")
    if not world.source_open:
        return _cannot(world, operation, "done_already")
    intensity = min(world.intensity, scene.source.intensity_after)
    return _done(replace(world, source_open=False, intensity=intensity), operation, "isolated", what=scene.source.what)


def _inspect(scene: Scene, world: World, operation: Operation) -> Change[World]:
    code, part = str(operation.given["extinguisher"]), str(operation.given["part"])
    if code != world.in_hand and world.bearing is not Bearing.RACK:
        return _cannot(world, operation, "too_far")
    defect = scene.extinguisher(code).defect
    wrong = defect is not Defect.NONE and SHOWN_BY[defect] == part
    world = replace(world, inspected=world.inspected | {(code, part)})
    return _done(world, operation, "inspected", extinguisher=code, part=part, sound=int(not wrong))


def _pick(scene: Scene, world: World, operation: Operation) -> Change[World]:
    code = str(operation.given["extinguisher"])
    if world.in_hand == code:
        return _cannot(world, operation, "done_already")
    world = replace(
        world,
        in_hand=code,
        bearing=Bearing.RACK,
        distance_m=scene.rack_m,
        hose_held=False,
        aim=Aim.NOWHERE,
        squeezing=False,
    )
    return _done(world, operation, "picked", extinguisher=code)


def _put_down(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    code = world.in_hand
    world = replace(world, in_hand="", hose_held=False, aim=Aim.NOWHERE, squeezing=False)
    return _done(world, operation, "put_down", extinguisher=code)


def _walk(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    bearing, distance = Bearing(str(operation.given["bearing"])), int(operation.given["distance_m"])
    world = replace(world, bearing=bearing, distance_m=distance, watching_since=-1)
    return _done(world, operation, "walked", bearing=bearing.value, distance_m=distance)


def _shake(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    world = replace(world, shaken=world.shaken | {world.in_hand})
    return _done(world, operation, "shaken", extinguisher=world.in_hand)


def _pull_pin(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    if world.in_hand in world.pinless:
        return _cannot(world, operation, "done_already")
    world = replace(world, pinless=world.pinless | {world.in_hand})
    return _done(world, operation, "pin_pulled", extinguisher=world.in_hand)


def _hold_hose(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    return _done(replace(world, hose_held=True), operation, "hose_held", extinguisher=world.in_hand)


def _aim(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    aim = Aim(str(operation.given["at"]))
    return _done(replace(world, aim=aim), operation, "aimed", at=aim.value)


def _squeeze(scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    if world.in_hand not in world.pinless:
        return _cannot(world, operation, "pin_in_place")
    if world.left[world.in_hand] == 0:
        return _cannot(world, operation, "empty")
    if world.squeezing:
        return _cannot(world, operation, "done_already")
    one, kind = scene.extinguisher(world.in_hand), kind_now(scene, world)
    world = replace(world, squeezing=True, used=world.used or one.code, watching_since=-1)
    fact = Fact(
        operation.at_ms,
        "discharge_began",
        {
            "extinguisher": one.code,
            "kind": kind,
            "fit": scene.fit(one.agent, kind).value,
            "bearing": world.bearing.value,
            "distance_m": world.distance_m,
        },
        operation.number,
    )
    return Change(world, (fact,))


def _release(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.squeezing:
        return _cannot(world, operation, "not_squeezing")
    return _done(replace(world, squeezing=False), operation, "discharge_ended", extinguisher=world.in_hand)


def _sweep(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if not world.in_hand:
        return _cannot(world, operation, "nothing_in_hand")
    return _done(replace(world, swept_until=world.ticked + SWEEP_TICKS), operation, "swept")


def _watch(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    if world.intensity:
        return _cannot(world, operation, "still_burning")
    return _done(replace(world, watching_since=world.ticked), operation, "watching_began")


def _report(_scene: Scene, world: World, operation: Operation) -> Change[World]:
    about = {"burning": int(world.intensity > 0), "watched_ms": world.watched * TICK_MS}
    return _done(replace(world, ending=Ending.REPORTED, squeezing=False), operation, "reported", **about)


DEEDS: Mapping[str, Deed] = {
    "aim": _aim,
    "hold_hose": _hold_hose,
    "inspect": _inspect,
    "isolate": _isolate,
    "look": _look,
    "pick": _pick,
    "pull_pin": _pull_pin,
    "put_down": _put_down,
    "raise_alarm": _raise_alarm,
    "release": _release,
    "report": _report,
    "shake": _shake,
    "squeeze": _squeeze,
    "sweep": _sweep,
    "walk": _walk,
    "watch": _watch,
}


def readable(scene: Scene, name: str, given: Given) -> Given:
    """What came from a page, checked before it becomes evidence. Raises OperationUnreadable, for extra words too."""
    codes = frozenset(one.code for one in scene.rack)
    words: dict[str, dict[str, Container[object]]] = {
        "aim": {"at": {Aim.BASE.value, Aim.FLAME.value, Aim.SMOKE.value}},
        "inspect": {"extinguisher": codes, "part": PARTS},
        "pick": {"extinguisher": codes},
        "walk": {"bearing": DIRECTIONS, "distance_m": range(FARTHEST_M + 1)},
    }
    allowed = words.get(name, {})
    if name not in DEEDS or set(given) != set(allowed):
        raise OperationUnreadable
    if not all(type(value) in (str, int) and value in allowed[word] for word, value in given.items()):
        raise OperationUnreadable
    return dict(given)
