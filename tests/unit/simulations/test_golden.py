"""Exams already held can be repeated: recorded runs come to what they came to, and a change of the model is noticed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulations.apparatus.errors import ModelUnknown
from simulations.apparatus.rules.extinguisher import fire, operations, scene, sheet
from simulations.apparatus.rules.extinguisher.scene import Defect, Fit
from simulations.apparatus.rules.extinguisher.world import Aim, Bearing
from simulations.apparatus.rules.models import MODELS, NEWEST
from simulations.scenarios.queries import offered
from simulations.scenarios.rules import digest
from tests.unit.simulations.golden import FOLDER, WAYS, outcome_of, run_of

FILES = sorted(FOLDER.glob("*/*.json"), key=lambda file: (".alone." in file.name, file))  # the long ones last


def kept(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def changed() -> Iterator[str]:
    """The recorded runs that would come to something else today."""
    for file in FILES:
        one = kept(file)
        if outcome_of(run_of(one)) != one["outcome"]:
            yield f"{file.parent.name}/{file.name}"


def test_every_scene_of_every_model_has_its_recorded_runs():
    recorded = {(kept(file)["content"].get("model"), *file.name.split(".")[:2]) for file in FILES}
    for apparatus, number in MODELS:
        scenes = {one.code for one in offered(apparatus, "examination")}
        assert {(number, code, way) for code in scenes for way in WAYS} <= recorded


def test_recorded_runs_come_to_what_they_came_to():
    """Where this fails, an exam already held could not be repeated: raise the model's number, see rules/models.py."""
    assert list(changed()) == []


def test_the_recorded_runs_see_all_that_time_alone_can_bring():
    brought = {
        fact.name
        for file in FILES
        for fact in run_of(kept(file)).at(run_of(kept(file)).started_at.replace(hour=2)).facts
        if fact.operation is None
    }
    assert brought == {
        "burned",
        "flames_out",
        "flared_up",
        "gas_flows_unlit",
        "out_of_control",
        "ran_empty",
        "reignited",
        "time_up",
    }


CONSTANTS: list[tuple[Any, str, object]] = [
    (fire, "REIGNITES_AFTER", 61),
    (fire, "REIGNITES_AT", 90_000),
    (fire, "OUT_OF_CONTROL_AFTER", 201),
    (fire, "CLOSEST_M", 2),
    (fire, "FLAMES_THAT_BURN", 999_999),
    (fire, "PERCENT_BY_AIM", {Aim.BASE: 100, Aim.FLAME: 26, Aim.SMOKE: 0, Aim.NOWHERE: 0}),
    (
        fire,
        "PERCENT_BY_BEARING",
        {Bearing.UPWIND: 100, Bearing.CROSSWIND: 61, Bearing.DOWNWIND: 25, Bearing.RACK: 0},
    ),
    (
        fire,
        "PERCENT_BY_BEARING",
        {Bearing.UPWIND: 100, Bearing.CROSSWIND: 60, Bearing.DOWNWIND: 26, Bearing.RACK: 0},
    ),
    (fire, "PERCENT_BY_FIT", {Fit.SUITED: 99, Fit.WEAK: 35, Fit.USELESS: 0, Fit.DANGEROUS: 60}),
    (fire, "PERCENT_BY_FIT", {Fit.SUITED: 100, Fit.WEAK: 36, Fit.USELESS: 0, Fit.DANGEROUS: 60}),
    (fire, "PERCENT_BY_FIT", {Fit.SUITED: 100, Fit.WEAK: 35, Fit.USELESS: 0, Fit.DANGEROUS: 61}),
    (fire, "PERCENT_BY_DEFECT", {Defect.PRESSURE_LOW: 25, Defect.HOSE_DAMAGED: 50}),
    (operations, "SWEEP_TICKS", 13),
    (sheet, "MOST", 5),
    (sheet, "HALF", 5),
    (sheet, "WATCH_MS", 5_000),
    (scene, "PARTS", ("charge", "seal", "date")),
]


@pytest.mark.parametrize(("module", "name", "other"), CONSTANTS, ids=lambda value: str(value)[:30])
def test_a_constant_of_the_model_is_not_changed_unnoticed(monkeypatch, module, name, other):
    monkeypatch.setattr(module, name, other)
    if name == "PARTS":
        monkeypatch.setattr(sheet, name, other)
    assert next(changed(), None) is not None


def test_a_rule_of_the_model_is_not_changed_unnoticed(monkeypatch):
    monkeypatch.setattr(fire, "is_soaked", lambda *_: True)
    assert next(changed(), None) is not None


def test_the_number_of_the_model_is_in_the_digest():
    for one in offered("extinguisher", "examination"):
        assert one.content["model"] == NEWEST["extinguisher"]
        assert one.digest == digest(one.content) != digest(dict(one.content) | {"model": 99})


def test_a_run_of_before_models_had_numbers_is_repeated_by_the_first():
    one = kept(FILES[0])
    content = {key: value for key, value in one["content"].items() if key != "model"}
    again = outcome_of(run_of(one | {"content": content}))
    assert again | {"content": ""} == one["outcome"] | {"content": ""}


def test_a_run_of_a_model_that_is_not_here_is_refused_and_not_replayed_by_another():
    one = kept(FILES[0])
    with pytest.raises(ModelUnknown):
        outcome_of(run_of(one | {"content": one["content"] | {"model": 99}}))
