"""Clocks in the hand of a test.

One stands still, for stories in which seconds count: what a slow machine needs costs no time in them. One jumps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from time import time as epoch_seconds

import pytest

from kernel.clock import SHANGHAI, Clock

STORY = timedelta(hours=3)
MORNING = time(8)


class Standing:
    """Time in the hand of the test."""

    def __init__(self, clock: Clock) -> None:
        self.instant = clock.now()

    def pass_by(self, duration: timedelta) -> None:
        """So much time goes by, at once."""
        self.instant += duration


@contextmanager
def standing(clock: Clock) -> Iterator[Standing]:
    """Until the end of the block time passes only when the test says so. Afterwards it goes on, never back."""
    held = Standing(clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: held.instant)
        yield held
    clock.skip(max(held.instant - clock.now(), timedelta()))


def away_from_midnight(clock: Clock) -> None:
    """Set the clock to the next morning where a story of three hours would end on another day than it began.

    Who sits an exam is shown it on its day, and whoever tests at that hour is no candidate of the night.
    """
    here = clock.now().astimezone(SHANGHAI)
    if (here + STORY).date() != here.date():
        morning = datetime.combine(here.date() + timedelta(days=1), MORNING, SHANGHAI)
        clock.skip(morning - here)


class Calendar:
    """The clock of a machine, which somebody may set to anything."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> float:
        return epoch_seconds() + self.off.total_seconds()

    def jump(self, by: timedelta) -> None:
        """Somebody sets it, or it sets itself."""
        self.off += by
