"""Clocks in the hand of a test.

One stands still, for stories in which seconds count: what a slow machine needs costs no time in them. One jumps.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from kernel.clock import Clock


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


class Calendar:
    """The clock of a machine, which somebody may set to anything."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> float:
        return time.time() + self.off.total_seconds()

    def jump(self, by: timedelta) -> None:
        """Somebody sets it, or it sets itself."""
        self.off += by
