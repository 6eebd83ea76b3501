"""Chance that can be repeated: by anybody, in another language, years from now.

1. The generator is MT19937 (Mersenne Twister), seeded by `random2.Random(seed)` with the whole number `seed`: its
   32-bit words, least significant first, go to `init_by_array` (the reference implementation's name).
2. The one method used is `random()`: two 32-bit outputs a, b give ((a >> 5) * 2**26 + (b >> 6)) / 2**53. Python
   promises that this sequence stays as it is for a given seed. It makes no such promise for `shuffle`, `sample`,
   `choice` or `randrange`, which did change between versions, so what is needed of them is written out here.

Everything that is drawn is drawn by this: papers, items of practicals, lots of seats and staff, scenes of simulations.
No other module knows the generator (a lint holds that). Secrets, which nobody may repeat, come from `secrets`.
"""

from collections.abc import Sequence
from typing import TypeVar

import random2

Thing = TypeVar("Thing")

METHOD = 1  # what is written above; another generator, or another way of shuffling, gets the next number


class Chance:
    """One run of chance. The same seed, asked the same things in the same order, answers the same."""

    def __init__(self, seed: int) -> None:
        self._random = random2.Random(seed).random

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1: floor(random() * bound). Under 10,000 its bias is below 10**-11."""
        return int(self._random() * bound)

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of them, things[below(how many)]. Raises IndexError where there is none."""
        return things[self.below(len(things))]

    def take(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """`count` different things: for i = 0, 1, … exchange place i with i + below(what is left); keep the front."""
        rest = list(things)
        for i in range(count):
            j = i + self.below(len(rest) - i)
            rest[i], rest[j] = rest[j], rest[i]
        return rest[:count]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """Fisher-Yates from the back: for i = last … 1 exchange place i with place below(i + 1)."""
        mixed = list(things)
        for i in range(len(mixed) - 1, 0, -1):
            j = self.below(i + 1)
            mixed[i], mixed[j] = mixed[j], mixed[i]
        return mixed
