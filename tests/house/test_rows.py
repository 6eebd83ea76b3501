"""A row of a table stays in the room whose table it is: others, and the pages, get views made for them.

A row changes under whoever holds it, loads what nobody asked for when it is touched, and shows a template every column.
"""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from exams.attempts.tables import AttemptRecord
from exams.invigilation.queries import InRoom
from kernel.db import Base

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = ("people", "question_bank", "simulations", "training", "exams", "certification")
OTHERS = ("web", "host")
OURS = (*PACKAGES, *OTHERS, "kernel", "tests")


@dataclasses.dataclass(frozen=True)
class Held:
    """A view that is none."""

    attempts: tuple[AttemptRecord, ...]


@cache
def modules() -> list[ModuleType]:
    found = []
    for package in (*PACKAGES, *OTHERS):
        top = importlib.import_module(package)
        names = [each.name for each in pkgutil.walk_packages(top.__path__, f"{package}.")]
        found += [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return found


def room(module: str) -> tuple[str, ...]:
    """`exams.attempts.actions.saving` stands in `exams.attempts`; all of web and host is one other place each."""
    parts = module.split(".")
    return tuple(parts[:2]) if parts[0] in PACKAGES else (parts[0],)


def rows_in(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """The tables whose rows a value of this type is or holds: in a list, a tuple, a field of a view."""
    inner = kind if isinstance(kind, list) else get_args(kind)  # a list stands for the arguments of a Callable
    found = set().union(*(rows_in(each, seen) for each in inner))
    if not isinstance(kind, type) or kind in seen or kind.__module__.split(".")[0] not in OURS:
        return found
    if issubclass(kind, Base):
        return {*found, kind.__name__}
    if dataclasses.is_dataclass(kind):
        inside = get_type_hints(kind)
        return found.union(*(rows_in(inside[each.name], seen | {kind}) for each in dataclasses.fields(kind)))
    return found


@cache
def handed_out(deed: Callable[..., Any]) -> frozenset[str]:
    """The tables whose rows a function returns."""
    if deed.__module__.split(".")[0] not in PACKAGES:
        return frozenset()
    return frozenset(rows_in(get_type_hints(inspect.unwrap(deed)).get("return")))


def used(module: ModuleType) -> Iterator[tuple[int, Any]]:
    """What a module names of others, with the line: what it imports, and what it takes from an imported module."""
    source = Path(module.__file__ or "")
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.lineno, vars(module).get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            of = vars(module).get(node.value.id)
            if isinstance(of, ModuleType | type):
                yield node.lineno, getattr(of, node.attr, None)


def crossings(module: ModuleType) -> Iterator[str]:
    for line, thing in used(module):
        if inspect.isfunction(thing) and room(thing.__module__) != room(module.__name__):
            for table in sorted(handed_out(thing)):
                yield f"{module.__name__}:{line} gets {table} from {thing.__module__}.{thing.__name__}"


@pytest.mark.parametrize(
    "kind",
    [
        AttemptRecord,
        AttemptRecord | None,
        dict[str, list[tuple[AttemptRecord, int]]],
        Iterator[AttemptRecord],
        Callable[[AttemptRecord], None],
        InRoom | Held,
    ],
)
def test_a_row_is_seen_wherever_it_is_hidden(kind):
    assert rows_in(kind) == {"AttemptRecord"}


def test_no_row_crosses_into_another_room_or_onto_a_page():
    assert sorted({each for module in modules() for each in crossings(module)}) == []


def test_a_table_class_says_only_what_is_its_own():
    """In which schema it stands, the base of its package says (kernel/db.py)."""
    sources = [path for package in PACKAGES for path in (HOUSE / package).rglob("tables.py")]
    assert len(sources) > 30, "the tables moved"
    said_again = [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "noqa" in line or re.search(r"""["']schema["']\s*:""", line)
    ]
    assert not said_again
