"""Every model that a recorded run was ever made with, by apparatus and version.

A run is evidence only while it can be repeated. What it is worth follows from its scene and sheet, which it carries,
and from constants and criteria that stand in code: how a fire grows, how far "in range" reaches, when a point is lost.
The code of one apparatus is therefore a numbered model; the number stands in the content of every scenario, so in its
digest, and a run is replayed by the model that it was made with, never by a newer one.

To change a model: copy its folder (`extinguisher/` to `extinguisher_1/`) with all imports inside pointing to the copy,
enter the copy below under the number that it had, raise `MODEL` in the folder that is changed, and record its golden
runs anew (`tests/unit/simulations/golden.py` says how). The golden runs of the old number stay and keep passing. A
change of words, types or speed that leaves every golden run as it was is no change of the model.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulations.apparatus.errors import ModelUnknown
from simulations.apparatus.rules import extinguisher
from simulations.apparatus.rules.extinguisher import operations, scene, sheet, view
from simulations.engine.rules import Apparatus, Given, Replay

Found = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Model:
    """What one version of an apparatus decides. A scene and a world are its own types, which nobody else reads."""

    arranged: Callable[[Mapping[str, object], int], Any]
    apparatus: Callable[[Any], Apparatus[Any]]
    readable: Callable[[Any, str, Given], Given]
    presented: Callable[[Any, Any], dict[str, object]]
    found: Callable[[Any, Replay[Any]], tuple[Iterable[Found], Iterable[Found]]]  # deductions, and veto items


def _arranged(content: Mapping[str, object], seed: int) -> scene.Scene:
    return scene.arranged(scene.read_scene(content), seed)


def _found(arranged: scene.Scene, outcome: Replay[Any]) -> tuple[Iterable[Found], Iterable[Found]]:
    finished = sheet.Run(arranged, outcome.world, outcome.facts)
    return sheet.deductions(finished), sheet.vetoes(finished)


MODELS: Mapping[tuple[str, int], Model] = {
    ("extinguisher", extinguisher.MODEL): Model(
        arranged=_arranged,
        apparatus=extinguisher.Extinguishing,
        readable=operations.readable,
        presented=view.presented,
        found=_found,
    ),
}
NEWEST: Mapping[str, int] = {"extinguisher": extinguisher.MODEL}

BEFORE_NUMBERS = 1  # runs that were recorded before models had numbers were made with this one


def model_of(content: Mapping[str, Any]) -> Model:
    """The model that a scenario's content names. Raises ModelUnknown."""
    apparatus, version = content["apparatus"], content.get("model", BEFORE_NUMBERS)
    try:
        return MODELS[apparatus, version]
    except KeyError:
        raise ModelUnknown(apparatus=apparatus, model=version) from None
