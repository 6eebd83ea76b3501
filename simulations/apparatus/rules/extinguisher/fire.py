"""How the fire lives from tick to tick. A simple, honest model: it teaches cause and effect, it does not predict fires.

Time is cut at fixed ticks counted from the start of the run, never from the last operation, so the outcome does not
depend on how often the page asked.
"""

from dataclasses import replace

from simulations.apparatus.rules.extinguisher.scene import Defect, Fit, Scene
from simulations.apparatus.rules.extinguisher.world import Aim, Bearing, Ending, Tally, World
from simulations.engine.rules import Change, Fact

TICK_MS = 100
LARGEST = 1_000_000
REIGNITES_AFTER = 60  # ticks after the flames died without enough agent
REIGNITES_AT = 80_000
OUT_OF_CONTROL_AFTER = 200  # ticks at the largest fire
CLOSEST_M = 1  # nearer than this to real flames burns a person
FLAMES_THAT_BURN = 200_000

PERCENT_BY_AIM = {Aim.BASE: 100, Aim.FLAME: 25, Aim.SMOKE: 0, Aim.NOWHERE: 0}
PERCENT_BY_BEARING = {Bearing.UPWIND: 100, Bearing.CROSSWIND: 60, Bearing.DOWNWIND: 25, Bearing.RACK: 0}
PERCENT_BY_FIT = {Fit.SUITED: 100, Fit.WEAK: 35, Fit.USELESS: 0, Fit.DANGEROUS: 60}
PERCENT_BY_DEFECT = {Defect.PRESSURE_LOW: 20, Defect.HOSE_DAMAGED: 45}


def kind_now(scene: Scene, world: World) -> str:
    """The class of the fire now: cutting the power makes burning equipment an ordinary fire of solids."""
    return scene.fire.kind if world.source_open or scene.source is None else scene.source.kind_after


def is_sweeping(world: World) -> bool:
    return world.swept_until >= world.ticked


def is_in_range(scene: Scene, world: World) -> bool:
    nearest, farthest = scene.extinguisher(world.in_hand).range_m
    return nearest <= world.distance_m <= farthest


def effect(scene: Scene, world: World) -> int:
    """Millionths of intensity taken away this tick by what leaves the nozzle; negative when it feeds the fire."""
    one = scene.extinguisher(world.in_hand)
    reach = 100 if is_in_range(scene, world) else 40 if world.distance_m <= one.range_m[1] + 2 else 0
    fit = scene.fit(one.agent, kind_now(scene, world))
    shares = (
        PERCENT_BY_FIT[fit],
        PERCENT_BY_AIM[world.aim],
        PERCENT_BY_BEARING[world.bearing],
        PERCENT_BY_DEFECT.get(one.defect, 100),
        reach,
        100 if is_sweeping(world) else 45,
        100 if world.hose_held else 70,
    )
    taken = scene.fire.knock_down
    for share in shares:
        taken = taken * share // 100
    return -taken if fit is Fit.DANGEROUS else taken


def tick(scene: Scene, world: World) -> Change[World]:
    """One tick of 100 ms: discharge, flames, re-ignition, and the two endings that time brings."""
    world = replace(world, ticked=world.ticked + 1)
    facts: list[Fact] = []
    discharging = world.squeezing and world.left[world.in_hand] > 0
    taken = effect(scene, world) if discharging else 0
    if discharging:
        world = _discharge(scene, world, facts)
    world = _burn(scene, world, taken, facts) if world.intensity else _smoulder(scene, world, taken, facts)
    world = _person(world, facts)
    return Change(_ending(scene, world, facts), tuple(facts))


def _now(world: World) -> int:
    return world.ticked * TICK_MS


def _discharge(scene: Scene, world: World, facts: list[Fact]) -> World:
    left = world.left[world.in_hand] - 1
    tally = world.tally
    counted = Tally(
        all=tally.all + 1,
        at_base=tally.at_base + (world.aim is Aim.BASE),
        sweeping=tally.sweeping + is_sweeping(world),
        in_range=tally.in_range + is_in_range(scene, world),
        hose_held=tally.hose_held + world.hose_held,
        upwind=tally.upwind + (world.bearing is Bearing.UPWIND),
        downwind=tally.downwind + (world.bearing is Bearing.DOWNWIND),
    )
    if left == 0:
        facts.append(Fact(_now(world), "ran_empty", {"extinguisher": world.in_hand}))
    return replace(world, left={**world.left, world.in_hand: left}, tally=counted, squeezing=left > 0)


def _burn(scene: Scene, world: World, taken: int, facts: list[Fact]) -> World:
    growth = scene.fire.growth if taken <= 0 else 0
    intensity = min(LARGEST, max(0, world.intensity - taken + growth))
    if taken < 0 and not world.flared:
        facts.append(Fact(_now(world), "flared_up", {"extinguisher": world.in_hand}))
        world = replace(world, flared=True)
    if intensity == 0:
        facts.append(Fact(_now(world), "flames_out", {}))
        if scene.source is not None and scene.source.what == "gas" and world.source_open:
            facts.append(Fact(_now(world), "gas_flows_unlit", {}))
            world = replace(world, gas_unlit=True)
        world = replace(world, out_since=world.ticked, soaked=0)
    full_since = -1 if intensity < LARGEST else world.full_since if world.full_since >= 0 else world.ticked
    return replace(world, intensity=intensity, full_since=full_since)


def _smoulder(scene: Scene, world: World, taken: int, facts: list[Fact]) -> World:
    soaking = taken > 0 and scene.fit(scene.extinguisher(world.in_hand).agent, kind_now(scene, world)) is Fit.SUITED
    world = replace(world, soaked=world.soaked + soaking, watched=world.watched + (world.watching_since >= 0))
    if is_soaked(scene, world) or world.ticked - world.out_since < REIGNITES_AFTER:
        return world
    facts.append(Fact(_now(world), "reignited", {}))
    return replace(world, intensity=REIGNITES_AT, out_since=-1, soaked=0, watching_since=-1, watched=0)


def is_soaked(scene: Scene, world: World) -> bool:
    """Whether enough suited agent followed after the flames died, so that the fire will not come back."""
    return world.soaked * TICK_MS >= scene.fire.soak_ms


def _person(world: World, facts: list[Fact]) -> World:
    near = world.bearing is not Bearing.RACK and world.distance_m < CLOSEST_M
    if near and world.intensity >= FLAMES_THAT_BURN and not world.burned:
        facts.append(Fact(_now(world), "burned", {"distance_m": world.distance_m}))
        return replace(world, burned=True)
    return world


def _ending(scene: Scene, world: World, facts: list[Fact]) -> World:
    if world.full_since >= 0 and world.ticked - world.full_since >= OUT_OF_CONTROL_AFTER:
        ending = Ending.OUT_OF_CONTROL
    elif _now(world) >= scene.allowed_ms:
        ending = Ending.TIME_UP
    else:
        return world
    facts.append(Fact(_now(world), ending.value, {}))
    return replace(world, ending=ending, squeezing=False)
