"""Every deed that takes a reason from a person asks for it in the one way, and refuses one that is empty."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = ("people", "question_bank", "simulations", "training", "exams", "certification")
# The program itself says why a whole number is shown: on which page it stood.
SAID_BY_THE_PROGRAM = {"people.accounts.actions.registering.show_id_number"}

Function = tuple[str, ast.FunctionDef]


@cache
def functions() -> dict[str, list[Function]]:
    """Every function of the packages by its bare name, with its package."""
    found: dict[str, list[Function]] = {}
    for package in PACKAGES:
        for file in (HOUSE / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append((package, node))
    return found


def deeds() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Actions that take a `reason`: name, package, and how they are written."""
    for package in PACKAGES:
        for file in (HOUSE / package).rglob("*.py"):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and _is_action(node) and _takes_a_reason(node):
                    module = ".".join(file.relative_to(HOUSE).with_suffix("").parts)
                    yield f"{module}.{node.name}", package, node


def asks(function: ast.FunctionDef, parameter: str, package: str, depth: int = 5) -> bool:
    """Whether what `parameter` holds comes to `because`, here or in a function that it is handed to."""
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or depth == 0:
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        handed = list(_handed(call, parameter))
        if called == "because" and handed:
            return True
        for place in handed:
            for owner, other in functions().get(called, []):
                name = _received(other, place)
                if owner == package and name and other is not function and asks(other, name, package, depth - 1):
                    return True
    return False


def _handed(call: ast.Call, parameter: str) -> Iterator[int | str]:
    places: list[tuple[int | str, ast.expr]] = [*enumerate(call.args)]
    places += [(each.arg, each.value) for each in call.keywords if each.arg]
    for place, value in places:
        if any(isinstance(node, ast.Name) and node.id == parameter for node in ast.walk(value)):
            yield place


def _received(function: ast.FunctionDef, place: int | str) -> str | None:
    names = _parameters(function)
    if isinstance(place, str):
        return place if place in names else None
    place += names[:1] == ["self"]
    return names[place] if place < len(names) else None


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]


def _takes_a_reason(function: ast.FunctionDef) -> bool:
    """As it was typed. Who takes a `Because` was handed it by a deed that asked; the type checker sees to that."""
    arguments = {each.arg: each.annotation for each in (*function.args.args, *function.args.kwonlyargs)}
    annotation = arguments.get("reason")
    return annotation is not None and ast.unparse(annotation) == "str"


def _is_action(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Call) and getattr(each.func, "id", "") == "action" for each in function.decorator_list
    )


DEEDS = {name: (package, node) for name, package, node in deeds() if name not in SAID_BY_THE_PROGRAM}


def test_there_are_such_deeds():
    assert len(DEEDS) > 20
    assert "certification.certificates.actions.deciding.suspend_certificate" in DEEDS


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_asks_for_its_reason(name: str):
    package, deed = DEEDS[name]
    assert asks(deed, "reason", package)


def test_a_deed_that_takes_whatever_was_typed_is_found():
    source = "def annul(work, *, reason):\n    record.reason = reason.strip()\n    tell(work, reason=reason)\n"
    (deed,) = ast.parse(source).body
    assert isinstance(deed, ast.FunctionDef)
    assert not asks(deed, "reason", "exams")
