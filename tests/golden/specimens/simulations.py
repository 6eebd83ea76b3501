"""Operations, and whole runs with what they came to."""

import json
from typing import Any

from simulations.engine.rules import LAYOUT as OPERATION
from simulations.engine.rules import Operation, operation_from_json, operation_to_json
from simulations.scenarios.rules import LAYOUT as SCORED
from simulations.scenarios.rules import scored_to_json
from tests.golden.specimens.what import Content, Specimen, hold
from tests.unit.simulations import golden as runs


def write_operation() -> dict[str, Any]:
    return {"content": operation_to_json(Operation(1, 1_500, "squeeze", {"by": 1}))}


def verify_operation(kept: Content) -> None:
    hold(operation_from_json(kept["content"]).name == "squeeze", "an operation is not read")


def write_run() -> dict[str, Any]:
    """A whole run as it is stored, and what it came to."""
    kept = json.loads(next(iter(sorted(runs.FOLDER.glob("1/*.well.json")))).read_text(encoding="utf-8"))
    run = runs.run_of(kept)
    return {**kept, "scored": scored_to_json(run.scored(runs.BEGAN + runs.AFTERWARDS))}


def verify_run(kept: Content) -> None:
    again = scored_to_json(runs.run_of(kept).scored(runs.BEGAN + runs.AFTERWARDS))
    hold(SCORED.read(kept["scored"])["total"] == again["total"], "a run comes to another score")


SPECIMENS = (
    Specimen(OPERATION.name, OPERATION.format, write_operation, verify_operation),
    Specimen(SCORED.name, SCORED.format, write_run, verify_run),
)
