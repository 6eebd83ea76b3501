"""Rules import what stands on a short list, and reach for nothing outside: a lawyer reads them, and so does a test.

The list of contracts (`.importlinter`) says what rules must not know; this says all that they may. Whoever wants a
library writes the line into `formats`, and whoever wants the world, into `gateways`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = ("people", "question_bank", "simulations", "training", "exams", "certification")
STANDARD = {
    *("abc", "base64", "bisect", "collections", "copy", "dataclasses", "datetime", "decimal", "difflib", "enum"),
    *("fractions", "functools", "hashlib", "heapq", "hmac", "ipaddress", "itertools", "json", "math", "operator", "re"),
    *("statistics", "string", "textwrap", "types", "typing", "unicodedata", "uuid", "zoneinfo"),
}
NUMERIC = {"numpy"}
KERNEL = {
    *(
        "kernel.actor",
        "kernel.because",
        "kernel.chance",
        "kernel.errors",
        "kernel.faces",
        "kernel.lasting",
        "kernel.law",
        "kernel.names",
    ),
}
REACHING = {"open", "eval", "exec", "compile", "__import__", "input", "print", "breakpoint"}
# What a file has beyond the list, each with its reason. None is added without one.
BEYOND = {
    "certification/certificates/rules/genuine.py": {"kernel.keys"},  # a public key is a value that compares signatures
    "simulations/runs/rules.py": {"threading"},  # what was replayed is remembered, and several threads remember
}


def rule_files() -> list[str]:
    rooms = [
        file
        for package in PACKAGES
        for door in (HOUSE / package).glob("*/rules*")
        for file in ([door] if door.suffix == ".py" else sorted(door.rglob("*.py")))
    ]
    kinds = (HOUSE / "question_bank" / "kinds").rglob("*.py")
    return sorted(file.relative_to(HOUSE).as_posix() for file in [*rooms, *kinds])


def faults(source: str, file: str) -> list[str]:
    """Every import and name of a file that rules may not use."""
    beyond = BEYOND.get(file, set())
    return [
        f"{file}:{line}: {what}" for line, what in _asked(ast.parse(source)) if what not in beyond and not _may(what)
    ]


def _asked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from kernel import sheets` asks for kernel.sheets.
            whole = "." in node.module or node.module.split(".")[0] not in {"kernel", *PACKAGES}
            yield from ((node.lineno, node.module if whole else f"{node.module}.{each.name}") for each in node.names)
        elif isinstance(node, ast.Name) and node.id in REACHING:
            yield node.lineno, node.id


def _may(what: str) -> bool:
    if what in REACHING:
        return False
    package, _, rest = what.partition(".")
    if package in PACKAGES:
        return "kinds" in rest.split(".") or bool({"rules", "errors"} & set(rest.split(".")))
    if package == "kernel":
        return ".".join(what.split(".")[:2]) in KERNEL
    return package in STANDARD | NUMERIC


def test_rules_import_what_is_on_the_list_and_reach_for_nothing():
    found = [fault for file in rule_files() for fault in faults((HOUSE / file).read_text(encoding="utf-8"), file)]
    assert found == []


PLANTED = [
    *("import os", "import time", "import socket", "from pathlib import Path", "import PIL", "from PIL import Image"),
    *("import yaml", "import openpyxl.utils", "import typst", "import random", "import secrets", "import subprocess"),
    *("import kernel.work", "from kernel import sheets", "from kernel.db import take_your_time", "import kernel.clock"),
    *("from people.accounts import queries", "import people.accounts.tables", "import exams.papers.actions"),
    *("from certification.certificates.formats import card", "text = open('law.yaml').read()", "import importlib"),
    *("def late():\n    import os.path", "print('here')", "eval('1')"),
]


@pytest.mark.parametrize("line", PLANTED)
def test_a_rule_that_reaches_outside_is_found(line: str):
    assert faults(f'"""A rule."""\n{line}\n', "exams/papers/rules/planted.py") != []


@pytest.mark.parametrize(
    "line",
    ["import numpy", "from kernel.errors import N_", "from people.accounts.rules import Sex", "from math import pi"],
)
def test_what_rules_are_made_of_is_let_in(line: str):
    assert faults(line, "exams/papers/rules/planted.py") == []


def test_every_exception_is_still_needed():
    for file, beyond in BEYOND.items():
        asked = {what for _, what in _asked(ast.parse((HOUSE / file).read_text(encoding="utf-8")))}
        assert beyond <= asked, file
