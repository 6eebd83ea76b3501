"""No list whose length the data decides travels as parameters, one each: a statement may have 65,535 of them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.cast.databases import HOUSE, PACKAGES

ONE_EACH = {"in_", "not_in", "notin_"}
# What may: vocabularies of the program, and subqueries, which have no list at all.
SHORT = {
    ("certification/applications/queries/revised.py", "parts_here"),  # a subquery
    ("certification/certificates/queries/__init__.py", "possible_numbers(wanted)"),  # readings of one typed number
    ("exams/centres/queries.py", "here"),  # a subquery
    ("exams/evidence/queries.py", "NAMES"),
    ("exams/practicals/queries/__init__.py", "examined"),  # a subquery
    ("exams/results/queries.py", "taken_here"),  # a subquery
    ("exams/sittings/queries/records.py", "held_here"),  # a subquery
    ("kernel/audit/noted.py", "names"),  # of facts, as the caller writes them down
    ("kernel/deliveries.py", "_names(wiring)"),
    ("kernel/jobs.py", "wired"),
    ("kernel/walk.py", "KEYS_SAID"),
    ("people/appointments/queries.py", "people_here"),  # a subquery
    ("people/appointments/queries.py", "places"),  # a subquery
    ("question_bank/outlines/queries.py", "newest"),  # a subquery
    ("training/courses/queries.py", "newest"),  # a subquery
    ("people/codes/queries.py", "besides"),  # a subquery
    ("people/organisations/queries/registered.py", "others"),  # a subquery
    ("people/messages/queries.py", "channels"),  # two ways out of the house
    (
        "kernel/tasks/running.py",
        "[kind.name for kind in kinds.values() if kind.face is work.face]",
    ),
}


def sent_one_each(file: Path) -> Iterator[tuple[str, str]]:
    """What this file compares a column with, a parameter each."""
    name = str(file.relative_to(HOUSE))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ONE_EACH:
            if not is_fixed(node.args[0]):
                yield name, ast.unparse(node.args[0])
        elif isinstance(node, ast.keyword) and node.arg == "expanding":
            yield name, "expanding"


def is_fixed(node: ast.expr) -> bool:
    """A list written down in the program, or a subquery that is."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(isinstance(each, ast.Attribute | ast.Constant) or is_starred_constant(each) for each in node.elts)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "select"


def is_starred_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred) and isinstance(node.value, ast.Name) and node.value.id.isupper()


@cache
def found() -> set[tuple[str, str]]:
    return {each for package in PACKAGES for file in (HOUSE / package).rglob("*.py") for each in sent_one_each(file)}


def test_no_list_of_the_data_is_sent_as_parameters():
    assert found() - SHORT == set()


def test_the_list_of_what_may_be_sent_so_names_nothing_that_is_gone():
    assert SHORT - found() == set()


def test_a_list_of_ids_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.house.test_parameters.HOUSE", tmp_path)
    planted = tmp_path / "queries.py"
    planted.write_text(
        "found = select(Row).where(Row.id.in_(ids), Row.state.in_([State.OPEN]), Row.id.in_(select(X.id)))"
    )
    assert list(sent_one_each(planted)) == [("queries.py", "ids")]
