"""Lots: seats and staff by chance, from a recorded seed, so that anybody can draw them again.

Method 1: `shuffled` of kernel/chance.py, whose own text is the recipe.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from kernel.chance import Chance

Thing = TypeVar("Thing")


def _from_the_back(things: Sequence[Thing], seed: int) -> list[Thing]:
    return Chance(seed).shuffled(things)


# How lots are drawn, by number, for ever: a recorded lot names its method.
METHODS: Mapping[int, Callable[[Sequence[Any], int], list[Any]]] = {1: _from_the_back}
METHOD = max(METHODS)


def shuffled(things: Sequence[Thing], seed: int, *, method: int = METHOD) -> list[Thing]:
    """All of `things` in the order that `seed` gives by a method."""
    return METHODS[method](things, seed)


def seat_order(free: Sequence[int], seed: int | None) -> list[int]:
    """Free seats in the order in which they are given out: by lot, or as they stand where `seed` is None."""
    ordered = sorted(free)
    return ordered if seed is None else shuffled(ordered, seed)
