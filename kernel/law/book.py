"""Dated rules, looked up by what they are about, where, and on which day."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

from kernel.law.dated import Dated, Region, enclosing
from kernel.law.errors import RuleMissing, RulesOverlap

R = TypeVar("R", bound=Dated)
DAY = timedelta(days=1)


class Book(Generic[R]):
    """Rules of one kind, old ones included: what was decided under one of them is still read by it.

    Args:
        rules: in the order of their files.
        about: what a rule is for: a position, a qualification and a part, … ; it may be for several.

    Raises:
        RulesOverlap: two rules of one place hold for the same thing on one day.
        RuleMissing: between two rules of the whole country lies a day on which none holds.
    """

    def __init__(self, rules: Iterable[R], *, about: Callable[[R], Iterable[Hashable]]) -> None:
        self.rules = tuple(rules)
        found: dict[tuple[Hashable, Region | None], list[R]] = {}
        for rule in self.rules:
            for subject in about(rule):
                found.setdefault((subject, rule.region), []).append(rule)
        self._found = {key: sorted(those, key=lambda rule: rule.begins) for key, those in found.items()}
        for (subject, place), those in self._found.items():
            _check(subject, those, is_national=place is None)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rules)

    def in_force(self, subject: Hashable, day: date, region: Region | None = None) -> R | None:
        """The rule for `subject` on `day`: of the narrowest region around `region` that has one in force that day."""
        for place in enclosing(region):
            for rule in self._found.get((subject, place), ()):
                if rule.is_in_force(day):
                    return rule
        return None

    def coded(self, code: str) -> R:
        """The rule that a decision, a certificate or a result remembers. Raises KeyError."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)


def _check(subject: Hashable, rules: Sequence[R], *, is_national: bool) -> None:
    for one, other in pairwise(rules):
        told = {"subject": _said(subject), "one": one.code, "other": other.code}
        if one.ends is None or other.begins <= one.ends:
            raise RulesOverlap(**told, day=other.begins)
        if is_national and other.begins > one.ends + DAY:
            raise RuleMissing(**told, begins=one.ends + DAY, ends=other.begins - DAY)


def _said(subject: Hashable) -> str:
    return ", ".join(str(each) for each in subject) if isinstance(subject, tuple) else str(subject)
