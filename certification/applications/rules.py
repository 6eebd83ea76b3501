"""Which passed parts make an application, and for how long a passed part counts."""

from collections.abc import Iterable
from datetime import date
from typing import NewType, Protocol, TypeVar
from uuid import UUID

from certification.programmes.rules import Programme, in_force
from exams.standards.rules import Part, plus_months
from kernel.law import Book

ApplicationId = NewType("ApplicationId", UUID)


class PassedPart(Protocol):
    """A part of the examination that was passed, and the last day on which it counts."""

    @property
    def part(self) -> Part: ...
    @property
    def taken_on(self) -> date: ...
    @property
    def counts_until(self) -> date: ...


P = TypeVar("P", bound=PassedPart)


def complete_set(programmes: Book[Programme], position: str, parts: Iterable[P]) -> dict[Part, P] | None:
    """The newest passed part of each kind, or None while one is missing. `parts` come oldest first.

    A practical comes after the theory exam. One that was taken on a pass which a re-check took back stays on record,
    and completes nothing: a theory exam that is passed later does not stand before it.

    What counts is the day on which the last of them was taken, not the one on which an office released it: nobody loses
    a part because somebody else was slow.

    Raises:
        NoRuleInForce: when no programme covers that position and day.
    """
    newest = {each.part: each for each in parts}
    if not newest:
        return None
    day = max(each.taken_on for each in newest.values())
    wanted = in_force(programmes, position, day).parts.value
    if any(part not in newest or newest[part].counts_until < day for part in wanted):
        return None
    if set(Part) <= set(wanted) and newest[Part.PRACTICAL].taken_on < newest[Part.THEORY].taken_on:
        return None
    return {part: newest[part] for part in wanted}


def counts_until(programmes: Book[Programme], position: str, taken_on: date) -> date:
    """The last day on which a part passed on `taken_on` still counts."""
    return plus_months(taken_on, in_force(programmes, position, taken_on).part_valid_months.value)
