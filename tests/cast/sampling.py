"""Generated tests are too many for every run: each day's run takes others of them, and `make faults` all.

The seed is the day in Shanghai. A run that fails prints it; the same sample comes again with `ANPEI_TEST_SEED=...`.
A test that samples is marked `generated`, by which `make faults` finds it.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

from kernel.clock import Clock, shanghai_date

SEED = "ANPEI_TEST_SEED"
WHOLE = "ANPEI_TEST_WHOLE"

T = TypeVar("T")


def seed() -> int:
    """The given seed, or the day's: one more each day."""
    return int(os.environ.get(SEED) or shanghai_date(Clock().now()).toordinal())


def sampled(cases: Sequence[T], of: str, *, one_in: int) -> Sequence[T]:
    """One in so many `cases`, evenly, and at least one where there is any; `of` names the list, so that each list
    begins elsewhere. In so many days every case comes."""
    if os.environ.get(WHOLE) or not cases:
        return cases
    first = (seed() + sum(map(ord, of))) % one_in
    return cases[first % len(cases) :: one_in]
