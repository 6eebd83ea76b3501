"""What stands in the list of deeds by two people is held by its code, and nothing but the mechanism opens the way."""

import ast
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from host.modules import load_everything
from kernel.two_people import DEEDS
from kernel.two_people.deeds import Listed, listed
from kernel.work import ACTIONS, BY_TWO

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification", "web", "host")
OPENS = "in_confirmation"


def unheld(names: Mapping[str, Listed], held: Mapping[str, str]) -> list[str]:
    """Deeds of the list that no action is held to, and actions that are held to a deed of no list."""
    return sorted(set(names) ^ set(held.values()))


def openers(source: str) -> Iterator[int]:
    """Lines that set what lets a deed by two people through."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == OPENS and isinstance(node.ctx, ast.Store):
            yield node.lineno
        if isinstance(node, ast.Call) and any(
            isinstance(each, ast.Constant) and each.value == OPENS for each in node.args
        ):
            yield node.lineno


def test_every_deed_of_the_list_is_declared_and_held_by_an_action():
    load_everything()
    assert set(DEEDS) == set(listed())
    assert unheld(listed(), BY_TWO) == []


def test_a_listed_deed_that_no_action_is_held_to_is_noticed():
    load_everything()
    planted = Listed("exams.open_every_door", {}, timedelta(hours=1), "planted")
    assert unheld({**listed(), planted.name: planted}, BY_TWO) == [planted.name]
    assert unheld(listed(), {**BY_TWO, "exams.papers.actions.peek": "exams.peek"}) == ["exams.peek"]


def test_a_deed_by_two_asks_for_the_permission_that_its_people_hold():
    load_everything()
    asked = {(name, ACTIONS[at]) for at, name in BY_TWO.items()}
    assert [name for name, deed in DEEDS.items() if (name, deed.needs) not in asked] == []


def test_only_the_mechanism_lets_a_deed_through():
    found = {
        path.relative_to(HOUSE).as_posix()
        for package in PACKAGES
        for path in (HOUSE / package).rglob("*.py")
        if list(openers(path.read_text(encoding="utf-8")))
    }
    assert found == {"kernel/work.py", "kernel/two_people/actions.py"}


def test_a_page_that_opens_the_way_is_noticed():
    assert list(openers('def post(work):\n    work.in_confirmation = "exams.release_results"\n')) == [2]
    assert list(openers('def post(work):\n    setattr(work, "in_confirmation", "x")\n')) == [2]
