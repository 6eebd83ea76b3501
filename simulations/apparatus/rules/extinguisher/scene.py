"""A scene with a fire and a rack of extinguishers, as its author wrote it and as one run finds it.

Fire kinds are the classes of GB/T 4968: A solids, B liquids, C gases; E is fire on equipment under voltage. What an
agent does to a class is data (`agents`), because it is what the trade teaches, not what this program believes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kernel.chance import Chance
from kernel.lasting import FormatUnknown, lasting
from simulations.apparatus.errors import SceneUnusable

LAYOUT = lasting("simulations.extinguisher_scene")
PARTS = ("charge", "seal", "date", "hose")


class Fit(StrEnum):
    SUITED = "suited"
    WEAK = "weak"
    USELESS = "useless"
    DANGEROUS = "dangerous"


class Defect(StrEnum):
    NONE = "none"
    PRESSURE_LOW = "pressure_low"
    SEAL_MISSING = "seal_missing"
    EXPIRED = "expired"
    HOSE_DAMAGED = "hose_damaged"


# Which part of the inspection shows which defect.
SHOWN_BY = {
    Defect.PRESSURE_LOW: "charge",
    Defect.SEAL_MISSING: "seal",
    Defect.EXPIRED: "date",
    Defect.HOSE_DAMAGED: "hose",
}


@dataclass(frozen=True, slots=True)
class Extinguisher:
    """`range_m`: nearest and farthest effective throw in metres; `discharge_ms`: how long a full one lasts."""

    code: str
    agent: str
    model: str
    range_m: tuple[int, int]
    discharge_ms: int
    defect: Defect = Defect.NONE


@dataclass(frozen=True, slots=True)
class Fire:
    """Intensity is in millionths of the largest fire this scene can have; growth and knock-down are millionths a tick.

    `soak_ms`: how long a suited agent must go on after the flames die, so that they stay dead.
    """

    kind: str
    burning: str
    intensity: int
    growth: int
    knock_down: int
    soak_ms: int


@dataclass(frozen=True, slots=True)
class Source:
    """What feeds the fire and whether it can be cut off: mains power, or gas behind a valve."""

    what: str
    reachable: bool
    kind_after: str
    intensity_after: int


@dataclass(frozen=True, slots=True)
class Scene:
    code: str
    place: str
    fire: Fire
    source: Source | None
    rack_m: int
    wind_from: str
    allowed_ms: int
    rack: tuple[Extinguisher, ...]
    agents: Mapping[str, Mapping[str, Fit]]

    def extinguisher(self, code: str) -> Extinguisher:
        return next(one for one in self.rack if one.code == code)

    def fit(self, agent: str, kind: str) -> Fit:
        return self.agents[agent][kind]


def read_scene(content: Mapping[str, object]) -> Scene:
    """Read a scene. Raises SceneUnusable, for its author to read, with what is missing or wrong."""
    code = str(content.get("code"))
    try:
        scene = _scene(LAYOUT.read(content))
        for one in scene.rack:
            scene.fit(one.agent, scene.fire.kind)
    except (FormatUnknown, KeyError, TypeError, ValueError) as missing:
        raise SceneUnusable(scene=code, reason=repr(missing)) from missing
    if scene.fire.intensity <= 0 or (scene.source is not None and scene.source.intensity_after <= 0):
        raise SceneUnusable(scene=code, reason="nothing burns")
    if not any(scene.fit(one.agent, scene.fire.kind) is Fit.SUITED and one.defect is Defect.NONE for one in scene.rack):
        raise SceneUnusable(scene=code, reason="no sound extinguisher in the rack suits the fire")
    return scene


def _scene(content: Mapping[str, object]) -> Scene:
    values: dict = dict(content)  # type: ignore[type-arg]  # checked by construction: a wrong shape raises in read_scene
    source = values.get("source")
    return Scene(
        code=values["code"],
        place=values["place"],
        fire=Fire(**values["fire"]),
        source=Source(**source) if source else None,
        rack_m=values["rack_m"],
        wind_from=values["wind_from"],
        allowed_ms=values["allowed_ms"],
        rack=tuple(
            Extinguisher(
                code=one["code"],
                agent=one["agent"],
                model=one["model"],
                range_m=(one["range_m"][0], one["range_m"][1]),
                discharge_ms=one["discharge_ms"],
                defect=Defect(one.get("defect", "none")),
            )
            for one in values["rack"]
        ),
        agents={agent: {kind: Fit(fit) for kind, fit in kinds.items()} for agent, kinds in values["agents"].items()},
    )


def arranged(scene: Scene, seed: int) -> Scene:
    """The scene as one run finds it: rack order, wind side and the defective ones drawn from `seed`, repeatably.

    Nobody can learn "the second one from the left". The defects stay as many and of the kinds the author wrote; they
    only move among extinguishers of the same agent, so that a sound suited one always remains.
    """
    chance = Chance(seed)
    rack = list(scene.rack)
    for agent in sorted({one.agent for one in rack}):
        places = [index for index, one in enumerate(rack) if one.agent == agent]
        defects = chance.shuffled([rack[index].defect for index in places])
        for index, defect in zip(places, defects, strict=True):
            rack[index] = replace(rack[index], defect=defect)
    return replace(scene, rack=tuple(chance.shuffled(rack)), wind_from=chance.one(["left", "right"]))
