"""What the code itself shows: every import of a package, read from its source, not from what was meant."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# From house rules: who may never know whom.
WALLS = (
    ("training", ("question_bank", "exams")),
    ("exams", ("training",)),
    ("question_bank", ("training", "exams")),
)


@dataclass(frozen=True, slots=True)
class Import:
    """One import across the wall."""

    module: str
    line: int
    target: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How many modules were read, and the imports that should not be there."""

    modules: int
    across: tuple[Import, ...]


@lru_cache
def imports_across(package: str, forbidden: tuple[str, ...], root: Path = ROOT) -> Reading:
    """Imports of `forbidden` packages anywhere under `package`. The code of a process does not change while it runs."""
    files = sorted((root / package).rglob("*.py"))
    across = tuple(found for file in files for found in _across(file, forbidden, root))
    return Reading(len(files), across)


def _across(file: Path, forbidden: tuple[str, ...], root: Path) -> Iterator[Import]:
    module = ".".join(file.relative_to(root).with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for target in _targets(node):
            if target.split(".")[0] in forbidden:
                yield Import(module, getattr(node, "lineno", 0), target)


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    if isinstance(node, ast.Call) and node.args and getattr(node.func, "attr", "") == "import_module":
        first = node.args[0]
        return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
    return []
