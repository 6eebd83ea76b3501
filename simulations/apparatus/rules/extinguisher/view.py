"""What the candidate may see of the world: what eyes and hands tell; no class, no hidden defect, no score."""

from simulations.apparatus.rules.extinguisher.fire import LARGEST, TICK_MS
from simulations.apparatus.rules.extinguisher.scene import PARTS, SHOWN_BY, Defect, Extinguisher, Scene
from simulations.apparatus.rules.extinguisher.world import World

View = dict[str, object]


def presented(scene: Scene, world: World) -> View:
    """The state as JSON values: flames in percent, times in milliseconds, distances in metres."""
    return {
        "at_ms": world.ticked * TICK_MS,
        "allowed_ms": scene.allowed_ms,
        "place": scene.place,
        "burning": scene.fire.burning,
        "flames": -(-world.intensity * 100 // LARGEST),
        "wind_from": scene.wind_from,
        "looked": world.looked,
        "alarm": world.alarm,
        "source": None if scene.source is None else scene.source.what,
        "source_open": world.source_open,
        "rack_m": scene.rack_m,
        "bearing": world.bearing.value,
        "distance_m": world.distance_m,
        "in_hand": world.in_hand,
        "hose_held": world.hose_held,
        "aim": world.aim.value,
        "squeezing": world.squeezing,
        "sweeping": world.squeezing and world.swept_until >= world.ticked,
        "watching": world.watching_since >= 0,
        "watched_ms": world.watched * TICK_MS,
        "gas_unlit": world.gas_unlit,
        "burned": world.burned,
        "ending": None if world.ending is None else world.ending.value,
        "rack": [_bottle(one, world) for one in scene.rack],
    }


def _bottle(one: Extinguisher, world: World) -> View:
    shows = SHOWN_BY.get(one.defect)
    inspected = {part: shows != part for part in PARTS if (one.code, part) in world.inspected}
    return {
        "code": one.code,
        "agent": one.agent,
        "model": one.model,
        "range_m": list(one.range_m),
        "inspected": inspected,
        "defect": one.defect.value if shows in inspected and one.defect is not Defect.NONE else None,
        "pin_pulled": one.code in world.pinless,
        "shaken": one.code in world.shaken,
        "empty": world.left[one.code] == 0,
    }
