"""Where specimens lie, and what is wrong with them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from host.modules import load_everything
from host.wiring import wiring
from kernel.events import Event
from kernel.settings import Settings
from tests.golden.specimens import Specimen, as_text

FOLDER = Path(__file__).parent
NAMES = FOLDER / "names.json"


def path_of(name: str, number: int) -> Path:
    return FOLDER / name / f"{number}.json"


def kept() -> list[Path]:
    """Every golden file, of whichever number."""
    return sorted(FOLDER.glob("*/*.json"))


def faults(specimens: Iterable[Specimen]) -> Iterator[str]:
    """What is wrong: a file that does not verify, a writer that changed, a kind or number without its file."""
    by_name = {specimen.name: specimen for specimen in specimens}
    for path in kept():
        try:
            by_name[path.parent.name].verify(json.loads(path.read_text(encoding="utf-8")))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is told with the file
            yield f"{path.parent.name} {path.stem} does not verify: {fault!r}"
    for name, specimen in by_name.items():
        for number in range(1, specimen.format + 1):
            if not path_of(name, number).exists():
                yield f"{name} has no specimen of number {number}"
        if path_of(name, specimen.format).exists() and _written(specimen) != _kept(specimen):
            yield f"{name} is written otherwise than number {specimen.format}: give it a new number"


def _written(specimen: Specimen) -> Any:
    return _without_fresh(specimen, json.loads(as_text(specimen.write())))


def _kept(specimen: Specimen) -> Any:
    return _without_fresh(specimen, json.loads(path_of(specimen.name, specimen.format).read_text(encoding="utf-8")))


def _without_fresh(specimen: Specimen, content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in specimen.fresh}


def by_name(kinds: Iterable[type[Event]]) -> dict[str, type[Event]]:
    """Declared facts by their names. Raises ValueError where two share one."""
    found: dict[str, type[Event]] = {}
    for kind in kinds:
        # A class with slots is made twice, and the first of the two may still be about.
        if kind.NAME in found and found[kind.NAME].__qualname__ != kind.__qualname__:
            raise ValueError(f"{kind.NAME} is the name of two facts")
        found[kind.NAME] = kind
    return found


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def names_now() -> dict[str, Any]:
    """Names that stand in stored rows: of facts, with their fields, and of reactions and periodic deeds."""
    load_everything()
    wires = wiring(Settings())
    ours = by_name(kind for kind in _below(Event) if "NAME" in vars(kind) and not kind.__module__.startswith("tests"))
    return {
        "facts": {
            name: [kind.FORMAT, *sorted(each.name for each in fields(kind))] for name, kind in sorted(ours.items())
        },
        "reactions": {each.name: each.event.NAME for each in sorted(wires.reactions, key=lambda each: each.name)},
        "periodic": sorted(each.name for each in wires.periodic),
    }
