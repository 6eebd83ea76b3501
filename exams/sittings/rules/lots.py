"""Lots: seats and staff by chance, from a recorded seed, so that anybody can draw them again.

The generator and the way of shuffling are those of exams/papers/rules/draw.py: MT19937 by `random2.Random(seed)`,
floor(random() * n), Fisher-Yates from the back.
"""

from collections.abc import Sequence
from typing import TypeVar

import random2

Thing = TypeVar("Thing")


def shuffled(things: Sequence[Thing], seed: int) -> list[Thing]:
    """All of `things` in the order that `seed` gives."""
    chance = random2.Random(seed)
    mixed = list(things)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(chance.random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def seat_order(free: Sequence[int], seed: int | None) -> list[int]:
    """Free seats in the order in which they are given out: by lot, or as they stand where `seed` is None."""
    ordered = sorted(free)
    return ordered if seed is None else shuffled(ordered, seed)
