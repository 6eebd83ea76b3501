"""Waiting for what another process or thread does in its own time."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

# A busy machine is slow, not wrong.
LIMIT_SECONDS = 90.0

T = TypeVar("T")


def until(look: Callable[[], T | None], otherwise: str, *, every: float = 0.1) -> T:
    """Look until there is something to see, and return it; fail with `otherwise` where it never comes."""
    limit = monotonic() + LIMIT_SECONDS
    while not (seen := look()):
        assert monotonic() < limit, otherwise
        sleep(every)
    return seen
