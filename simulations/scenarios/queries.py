"""Scenarios as they come with the program: one file a scene, joined with its apparatus's agents and score sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.authored import authored, read_once
from kernel.names import Names
from simulations.apparatus.rules.models import NEWEST, model_of
from simulations.scenarios.errors import NoSuchScenario
from simulations.scenarios.rules import digest, read_sheet

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One published scenario.

    `content` holds all that a replay needs: scene, agents, score sheet, words, and the number of the model that decides
    the rest. `digest` covers all of it.
    """

    code: str
    version: int
    apparatus: str
    modes: frozenset[str]
    title: Names
    seen: Names
    content: Mapping[str, Any]
    digest: str


@read_once
def _scenarios() -> tuple[Scenario, ...]:
    return tuple(_scenario(file) for file in sorted(DATA.glob("*/scenes/*.yaml")))


def _scenario(file: Path) -> Scenario:
    folder = file.parent.parent
    agents, sheet = authored(folder / "agents.yaml").content, authored(folder / "sheet.yaml").content
    return authored(file).whole(lambda content: _joined(content, agents["agents"], sheet))


def _joined(content: dict[str, Any], agents: Any, sheet: Any) -> Scenario:
    content["scene"]["agents"] = agents
    content["sheet"] = sheet
    content["model"] = NEWEST[content["apparatus"]]
    model_of(content).arranged(content["scene"], 0)
    read_sheet(content["sheet"], content["code"])
    return Scenario(
        code=content["code"],
        version=content["version"],
        apparatus=content["apparatus"],
        modes=frozenset(content["modes"]),
        title=Names.exactly(content["title"]),
        seen=Names.exactly(content["seen"]),
        content=content,
        digest=digest(content),
    )


def offered(apparatus: str, mode: str) -> tuple[Scenario, ...]:
    """The scenarios of an apparatus that may be used for practice or for examination, by code."""
    return tuple(one for one in _scenarios() if one.apparatus == apparatus and mode in one.modes)


def scenario(apparatus: str, mode: str, code: str) -> Scenario:
    """One offered scenario. Raises NoSuchScenario."""
    for one in offered(apparatus, mode):
        if one.code == code:
            return one
    raise NoSuchScenario
