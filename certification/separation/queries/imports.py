"""What the code itself shows: every import of a package, read from its source, not from what was meant."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Who may never know whom.
WALLS = (
    ("training", ("question_bank", "exams")),
    ("exams", ("training",)),
    ("question_bank", ("training", "exams")),
)


# By these a module is imported without an import statement.
LOADERS = frozenset({"import_module", "__import__"})


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
    tree = ast.parse(file.read_text(encoding="utf-8"))
    loaders = LOADERS | _renamed_loaders(tree)
    for node in ast.walk(tree):
        for target in _targets(node, loaders):
            if target.split(".")[0] in forbidden:
                yield Import(module, getattr(node, "lineno", 0), target)


def _renamed_loaders(tree: ast.Module) -> set[str]:
    """What `from importlib import import_module as ...` is called in this module."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"importlib", "builtins"}
        for alias in node.names
        if alias.name in LOADERS
    }


def _targets(node: ast.AST, loaders: frozenset[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    if isinstance(node, ast.Call) and _name_of(node.func) in loaders:
        given = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "name")]
        return [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return []


def _name_of(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
