"""What a deed by two people is made of. Each room declares its own; the list in `data/` says which there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression

from kernel.authored import authored, read_once
from kernel.faces import Face
from kernel.lasting import Lasting, Upcaster
from kernel.two_people.rules import Foreseen, Prepared
from kernel.work import Reading, Work

FILE = Path(__file__).parent.parent / "data" / "two_people.yaml"
Arguments = Mapping[str, Any]  # JSON values
DEEDS: dict[str, "Deed"] = {}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `names`: {"zh", "en"}; `within`: so long a prepared deed waits."""

    name: str
    names: Mapping[str, str]
    within: timedelta
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One deed by two people.

    Attributes:
        name: stands in the list, in the audit and in rows; it never changes.
        needs: the permission that all who prepare and confirm hold.
        face: where it is prepared, confirmed and done.
        foresee: what it would do now; raises whatever the deed would.
        in_scope: the condition that a thing, whose id stands in a column, lies within what the actor acts for.
        do: does it, in the name of whoever confirms last; parts of it say `@action(by_two=name)`.
        format: of its arguments; `upcasters` as for everything that is kept.
    """

    name: str
    needs: str
    face: Face
    foresee: Callable[[Reading, Arguments], Foreseen]
    in_scope: Callable[[Reading, SQLColumnExpression[Any]], ColumnElement[bool]]
    do: Callable[[Work, Arguments, Prepared], None]
    format: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)

    @property
    def layout(self) -> Lasting:
        """How its arguments are kept."""
        return Lasting(self.name, self.format, self.upcasters)

    @property
    def listed(self) -> Listed:
        """Its line of the list."""
        return listed()[self.name]


@read_once
def listed() -> dict[str, Listed]:
    """The list by name."""
    return {line.name: line for line in authored(FILE).entries("deeds", read=_line)}


def _line(raw: Mapping[str, Any]) -> Listed:
    return Listed(raw["name"], raw["names"], timedelta(hours=raw["hours"]), raw["because"])


def declare(deed: Deed) -> Deed:
    """Make a listed deed known, once. Raises ValueError for one that is not listed, or known already."""
    if deed.name not in listed() or deed.name in DEEDS:
        raise ValueError(f"{deed.name} is not in the list of deeds by two people, or was declared already.")
    DEEDS[deed.name] = deed
    return deed
