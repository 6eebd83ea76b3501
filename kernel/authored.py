"""Files that people write beside the program and that come with it: rules of law, courses, scenarios, the cast.

They are YAML, reviewed like code. Each is read once a process, and every process that serves reads all of them as it
starts (`read_all`): a mistake in one is told then, by its file and its entry, and not to the first visitor whom it
concerns. Which values a file must have is said by the rules of the room that owns it; they are handed what was parsed.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from kernel.errors import N_, Problem
from kernel.lasting import Lasting
from kernel.law import Book, Dated

T = TypeVar("T")
R = TypeVar("R", bound=Dated)
Loader = Callable[[], Any]

LOADERS: list[Loader] = []
CALLED_BY = ("code", "name", "ground", "function", "id")  # what an entry is called by, the first that it has
FAULTS = (Problem, LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


class FileUnusable(Problem):
    """A file that came with the program has a mistake: nothing is served until it is mended."""

    sentence = N_("%(file)s cannot be used. %(entry)s: %(fault)s")


@dataclass(frozen=True, slots=True)
class Authored:
    """One file as parsed. What `read` refuses in any of the methods becomes FileUnusable, with file and entry."""

    path: Path
    content: Any

    def whole(self, read: Callable[[Any], T]) -> T:
        """The file as one value."""
        with faults_of(self.path):
            return read(self.content)

    def entries(self, *keys: str, read: Callable[[Any], T]) -> tuple[T, ...]:
        """A list in the file, an entry each; `keys` lead to it from the top."""
        return tuple(self._read(keys, number, raw, read) for number, raw in enumerate(self._below(list, *keys), 1))

    def book(self, *keys: str, read: Callable[[Any], R], about: Callable[[R], Iterable[Hashable]]) -> Book[R]:
        """A list of dated rules in the file, which must not contradict each other."""
        rules = self.entries(*keys, read=read)
        with faults_of(self.path, " ".join(keys)):
            return Book(rules, about=about)

    def named(self, *keys: str, read: Callable[[Any], T]) -> dict[str, T]:
        """A mapping in the file, an entry each, by their names."""
        return {name: self._read(keys, name, raw, read) for name, raw in self._below(dict, *keys).items()}

    def _below(self, kind: type, *keys: str) -> Any:
        found = self.content
        with faults_of(self.path, " ".join(keys)):
            for key in keys:
                found = found[key]
            if not isinstance(found, kind):
                raise TypeError(f"a {kind.__name__} is wanted here")
        return found

    def _read(self, keys: tuple[str, ...], place: str | int, raw: Any, read: Callable[[Any], T]) -> T:
        with faults_of(self.path, " ".join([*keys, _called(raw, place)])):
            return read(raw)


def authored(path: Path, layout: Lasting | None = None) -> Authored:
    """The file at `path`, brought to today's `layout` where it has one.

    Raises:
        FileUnusable: it is no YAML, gives a name twice in one place, or is of a format that is not known.
    """
    with faults_of(path):
        content = parsed(path.read_text(encoding="utf-8"))
        return Authored(path, content if layout is None else layout.read(content))


def parsed(text: str) -> Any:
    """The one document of a YAML text, made of plain values only. Raises yaml.YAMLError."""
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


class _Loader(yaml.SafeLoader):
    """YAML lets the second of two equal names win without a word: a pass mark given twice would be a matter of luck."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - as its parent has it
        names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{name} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


@contextmanager
def faults_of(path: Path, entry: str = "") -> Iterator[None]:
    """Whatever goes wrong in here is a mistake in `path`, at `entry`. Raises FileUnusable."""
    try:
        yield
    except FileUnusable:
        raise
    except (*FAULTS, OSError, yaml.YAMLError) as fault:
        place = entry or "as a whole"
        raise FileUnusable(file="/".join(path.parts[-3:]), entry=place, fault=_in_words(fault)) from fault


def read_once(loader: Callable[[], T]) -> Callable[[], T]:
    """What `loader` reads, the same value for the life of the process; `read_all` knows of it."""
    kept = cache(loader)
    LOADERS.append(kept)
    return kept


def read_all() -> None:
    """Read every file that this process knows of. Raises FileUnusable."""
    for loader in LOADERS:
        loader()


def _called(raw: Any, place: str | int) -> str:
    if isinstance(raw, Mapping):
        for key in CALLED_BY:
            if isinstance(raw.get(key), str):
                return str(raw[key])
    return f"entry {place}" if isinstance(place, int) else place


def _in_words(fault: Exception) -> str:
    if isinstance(fault, KeyError):
        return f"{fault.args[0]} is missing"
    return " ".join(str(fault).split())
