"""Whatever was written with any number is still read and verified, and no writer changes without a new number."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from host.modules import load_everything
from kernel.events import Wiring
from kernel.faces import Face
from kernel.lasting import KINDS
from tests.golden.files import NAMES, by_name, faults, kept, names_now
from tests.golden.specimens import SPECIMENS, Specimen
from training.records.events import HoursCompleted

# Files that people write beside the program, and not what the program keeps: each release brings its own.
AUTHORED = {
    "certification.dated_rules",
    "exams.dated_rules",
    "exams.practical_standard",
    "question_bank.bank_file",
    "question_bank.outline",
    "simulations.extinguisher_scene",
    "training.course",
}


def named(name: str) -> Specimen:
    return next(each for each in SPECIMENS if each.name == name)


def test_every_golden_file_verifies_and_every_writer_writes_as_its_number_says():
    assert list(faults(SPECIMENS)) == []
    assert len(kept()) >= len(SPECIMENS)


def test_every_kind_of_lasting_thing_has_a_specimen():
    load_everything()
    declared = {name for name in KINDS if not name.startswith("tests.")}
    assert declared - AUTHORED <= {each.name for each in SPECIMENS}
    assert declared >= AUTHORED


@pytest.mark.parametrize(
    "name", ["question_bank.question", "exams.paper", "kernel.audit_row", "certification.statement"]
)
def test_a_writer_that_changed_without_a_new_number_is_found(name):
    changed = replace(named(name), write=lambda: {**named(name).write(), "one": "more"})
    others = [each for each in SPECIMENS if each.name != name]
    assert list(faults([*others, changed])) == [f"{name} is written otherwise than number 1: give it a new number"]


def test_a_new_number_without_its_specimen_is_found():
    newer = replace(named("exams.paper"), format=2)
    others = [each for each in SPECIMENS if each.name != "exams.paper"]
    assert list(faults([*others, newer])) == ["exams.paper has no specimen of number 2"]


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda each: each.name)
def test_a_specimen_that_was_tampered_with_does_not_verify(specimen):
    """Else a golden file would prove nothing: of each, some change of a value is found."""
    content = json.loads(json.dumps(specimen.write()))
    found = 0
    for tampered in _tampered(content):
        try:
            specimen.verify(tampered)
        except Exception:  # noqa: BLE001 - however it is found
            found += 1
    assert found


def _tampered(content):
    for name, value in content.items():
        if isinstance(value, dict):
            for inner in _tampered(value):
                yield {**content, name: inner}
        else:
            yield {name_: it for name_, it in content.items() if name_ != name}
            yield {**content, name: None}


def test_no_name_that_stands_in_stored_rows_is_changed_and_a_new_one_is_written_down():
    assert json.loads(NAMES.read_text(encoding="utf-8")) == json.loads(json.dumps(names_now()))


def test_two_facts_of_one_name_are_found():
    other: Any = SimpleNamespace(NAME=HoursCompleted.NAME, __qualname__="HoursDone")
    with pytest.raises(ValueError, match=r"training\.hours_completed is the name of two facts"):
        by_name([HoursCompleted, other])


def test_one_name_is_given_to_one_reaction():
    wires = Wiring()
    wires.every(1.0, lambda _: None, face=Face.REGISTRY, name="tests/deed")
    with pytest.raises(ValueError, match="name of another"):
        wires.every(2.0, lambda _: None, face=Face.REGISTRY, name="tests/deed")
