"""A candidate who does it right, and the scenes as they ship: shared by the tests of the extinguisher."""

from pathlib import Path

import yaml

from simulations.apparatus.rules.extinguisher import Extinguishing
from simulations.apparatus.rules.extinguisher.scene import Defect, Fit, Scene, read_scene
from simulations.apparatus.rules.extinguisher.sheet import Run, deductions, vetoes
from simulations.apparatus.rules.extinguisher.world import World
from simulations.engine.rules import Operation, Replay, replay
from simulations.scenarios.rules import ScoredSheet, read_sheet, score

DATA = Path(__file__).parents[2] / "simulations/data/extinguisher"
AGENTS = yaml.safe_load((DATA / "agents.yaml").read_text())["agents"]
SHEET = read_sheet(yaml.safe_load((DATA / "sheet.yaml").read_text()), "extinguisher")
CONTENT = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((DATA / "scenes").glob("*.yaml"))}

Step = tuple[int, str, dict[str, str | int]]


def scene(code: str) -> Scene:
    return read_scene(CONTENT[code]["scene"] | {"agents": AGENTS})


def sound(scene: Scene, agent: str | None = None) -> str:
    """A sound extinguisher that suits the fire, or a sound one of the agent asked for."""
    return next(
        one.code
        for one in scene.rack
        if one.defect is Defect.NONE
        and (one.agent == agent if agent else scene.fit(one.agent, scene.fire.kind) is Fit.SUITED)
    )


def as_taught(scene: Scene, code: str | None = None, **changed: list[Step]) -> list[Step]:
    """The whole item done well, in stages; a test replaces the stage it is about."""
    code = code or sound(scene)
    reachable = scene.source is not None and scene.source.reachable
    parts = ("charge", "seal", "date", "hose")
    stages: dict[str, list[Step]] = {
        "look": [(2_000, "look", {})],
        "alarm": [(1_000, "raise_alarm", {})],
        "isolate": [(1_000, "isolate", {})] if reachable else [],
        "pick": [(1_500, "pick", {"extinguisher": code})],
        "check": [(900, "inspect", {"extinguisher": code, "part": part}) for part in parts],
        "walk": [(1_500, "walk", {"bearing": "upwind", "distance_m": scene.extinguisher(code).range_m[1]})],
        "pin": [(900, "pull_pin", {})],
        "hose": [(600, "hold_hose", {})],
        "aim": [(600, "aim", {"at": "base"})],
        "squeeze": [(400, "squeeze", {})],
        "sweep": [(900, "sweep", {})] * 8,
        "release": [(500, "release", {})],
        "watch": [(500, "watch", {})],
        "report": [(4_000, "report", {})],
    }
    return [step for stage in (stages | changed).values() for step in stage]


def operations(steps: list[Step]) -> list[Operation]:
    at, listed = 0, []
    for number, (wait, name, content) in enumerate(steps, 1):
        at += wait
        listed.append(Operation(number, at, name, content))
    return listed


def played(scene: Scene, steps: list[Step], until_ms: int | None = None) -> Replay[World]:
    return replay(Extinguishing(scene), operations(steps), until_ms)


def scored(scene: Scene, steps: list[Step], until_ms: int | None = None) -> ScoredSheet:
    outcome = played(scene, steps, until_ms)
    run = Run(scene, outcome.world, outcome.facts)
    return score(SHEET, deductions(run), vetoes(run))


def lost(sheet: ScoredSheet) -> set[str]:
    return {one.code for line in sheet.lines for one in line.lost}
