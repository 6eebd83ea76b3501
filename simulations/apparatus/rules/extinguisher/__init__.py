"""The choice and use of a fire extinguisher: the world of practical item K43."""

from dataclasses import dataclass

from simulations.apparatus.rules.extinguisher.fire import TICK_MS, tick
from simulations.apparatus.rules.extinguisher.operations import DEEDS
from simulations.apparatus.rules.extinguisher.scene import Scene
from simulations.apparatus.rules.extinguisher.world import World
from simulations.engine.rules import Change, Fact, Operation

MODEL = 1  # raised with every change that would give a recorded run another outcome; see rules/models.py


@dataclass(frozen=True, slots=True)
class Extinguishing:
    """The apparatus: one arranged scene, ready to be operated."""

    scene: Scene

    def opening(self) -> World:
        left = {one.code: one.discharge_ms // TICK_MS for one in self.scene.rack}
        return World(
            intensity=self.scene.fire.intensity,
            source_open=self.scene.source is not None,
            left=left,
            distance_m=self.scene.rack_m,
        )

    def pass_time(self, world: World, until_ms: int) -> Change[World]:
        facts: list[Fact] = []
        while world.ending is None and (world.ticked + 1) * TICK_MS <= until_ms:
            change = tick(self.scene, world)
            world = change.world
            facts.extend(change.facts)
        return Change(world, tuple(facts))

    def operate(self, world: World, operation: Operation) -> Change[World]:
        if world.ending is not None:
            about = {"deed": operation.name, "why": "over"}
            return Change(world, (Fact(operation.at_ms, "not_possible", about, operation.number),))
        return DEEDS[operation.name](self.scene, world, operation)
