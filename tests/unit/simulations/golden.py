"""Recorded runs of every scene, done well, badly, too briefly or not at all, with everything a replay needs.

`golden/<model>/<scene>.<way>.json` holds a run as the database would: content, seed, operations; and what it came to.
They were recorded once and are never recorded again for a model that has a number: an outcome that changes means that
exams already held could no longer be repeated. For a new model, raise its number and run

    python -m tests.unit.simulations.golden

which writes the files of numbers that have none yet, and touches no other.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from kernel.lasting import canonical_json
from simulations.apparatus.rules.extinguisher.scene import Defect, Fit, Scene
from simulations.engine.rules import operation_from_json, operation_to_json
from simulations.runs.rules import Mode, Run, RunId
from simulations.scenarios.queries import offered
from simulations.scenarios.rules import digest, scored_to_json
from tests.cast.extinguishing import Step, as_taught, operations

FOLDER = Path(__file__).parent / "golden"
BEGAN = datetime(2026, 7, 1, 1, tzinfo=UTC)
SEED = 20260701
AFTERWARDS = timedelta(minutes=10)
WAYS = ("well", "badly", "briefly", "alone")


def run_of(kept: Mapping[str, Any]) -> Run:
    """The recorded run as a value."""
    return Run(
        id=RunId(UUID(int=1)),
        person_id=UUID(int=2),
        mode=Mode.EXAMINATION,
        scenario=kept["content"]["code"],
        content=kept["content"],
        seed=kept["seed"],
        started_at=BEGAN,
        operations=tuple(operation_from_json(each) for each in kept["operations"]),
    )


def outcome_of(run: Run) -> dict[str, Any]:
    """What a run came to: the score, and the digest of all that happened and of how the world was left."""
    end = run.at(BEGAN + AFTERWARDS)
    facts = [[fact.at_ms, fact.name, dict(fact.about), fact.operation] for fact in end.facts]
    left = {name: value for name, value in vars_of(end.world).items() if isinstance(value, int | str | bool)}
    happened = canonical_json({"facts": facts, "left": left, "view": run.view(BEGAN + AFTERWARDS)})
    scored = scored_to_json(run.scored(BEGAN + AFTERWARDS))
    return {
        "content": digest(run.content),
        "happened": hashlib.sha256(happened).hexdigest(),
        "score": hashlib.sha256(canonical_json(scored)).hexdigest(),
        "total": scored["total"],
    }


def vars_of(world: Any) -> dict[str, Any]:
    """The fields of a frozen value with slots."""
    return {name: getattr(world, name) for name in world.__slots__}


def badly(scene: Scene) -> list[Step]:
    """Everything that can be done half: weak, late, crosswind, beside the base, too short, too near."""
    weak = [one for one in scene.rack if scene.fit(one.agent, scene.fire.kind) is not Fit.SUITED]
    broken = [one for one in scene.rack if one.defect is not Defect.NONE]
    suited = [one for one in scene.rack if scene.fit(one.agent, scene.fire.kind) is Fit.SUITED and one not in broken]
    steps: list[Step] = [(1_500, "squeeze", {})]
    for one, bearing, metres in zip(
        [*broken[:1], *weak[:1], *suited[:1]], ("downwind", "crosswind", "upwind"), (5, 3, 3), strict=False
    ):
        steps += [
            (900, "pick", {"extinguisher": one.code}),
            (500, "walk", {"bearing": bearing, "distance_m": metres}),
            (400, "squeeze", {}),
            (600, "pull_pin", {}),
            (300, "aim", {"at": "flame"}),
            (400, "squeeze", {}),
            (2_300, "sweep", {}),
            (1_700, "aim", {"at": "base"}),
            (2_100, "hold_hose", {}),
            (2_450, "sweep", {}),
            (2_000, "release", {}),
        ]
    steps += [(500, "raise_alarm", {}), (500, "watch", {}), (4_000, "walk", {"bearing": "upwind", "distance_m": 1})]
    steps += [(2_000, "walk", {"bearing": "upwind", "distance_m": 0})]
    return steps


def steps_of(scene: Scene, way: str) -> list[Step]:
    """`briefly` knocks the flames down and lets go, so that they come back; `alone` leaves the fire to itself."""
    if way == "alone":
        return []
    if way == "briefly":
        is_gas = scene.source is not None and scene.source.what == "gas"  # it is put out while it flows
        brief: list[Step] = [(900, "sweep", {})] * (12 if is_gas else 4)
        stopped: list[Step] = [(150, "release", {}), (400, "watch", {})]
        isolated: list[Step] = [] if is_gas or scene.source is None else [(1_000, "isolate", {})]
        return as_taught(scene, None, isolate=isolated, sweep=brief, release=stopped, watch=[], report=[])
    return as_taught(scene) if way == "well" else badly(scene)


def record() -> None:
    """Write what is missing."""
    for scenario in offered("extinguisher", Mode.EXAMINATION):
        model = FOLDER / str(scenario.content["model"])
        model.mkdir(parents=True, exist_ok=True)
        for way in WAYS:
            file = model / f"{scenario.code}.{way}.json"
            if file.exists():
                continue
            kept: dict[str, Any] = {"content": scenario.content, "seed": SEED, "operations": []}
            steps = operations(steps_of(run_of(kept).scene, way))
            kept["operations"] = [operation_to_json(each) for each in steps]
            kept["outcome"] = outcome_of(run_of(kept))
            file.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
