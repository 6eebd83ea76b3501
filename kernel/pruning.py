"""Removing what has had its time: done deliveries, ended sign-ins, counted guesses. Never what proves anything.

How long what is kept stands in `data/retention.yaml`, with the reason; the database itself refuses what is younger than
thirty days. What is history (audit, steps, results, certificates) is not here and cannot be removed at all.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import func, select

from kernel.faces import Face
from kernel.work import PLATFORM_ONLY, Work, action

FILE = Path(__file__).parent / "data" / "retention.yaml"
MOST_BATCHES = 40  # of one look; the next goes on


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of row is kept: `function` (schema.name) removes a batch of what is older, as one of `faces`."""

    function: str
    days: int
    faces: tuple[Face, ...]
    because: str


@cache
def retentions() -> tuple[Retention, ...]:
    """All of them, read once."""
    return tuple(
        Retention(each["function"], each["days"], tuple(Face(name) for name in each["faces"]), each["because"])
        for each in yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )


@action(needs=PLATFORM_ONLY)
def prune(work: Work) -> None:
    """Remove what this face keeps no longer."""
    for retention in retentions():
        if work.face in retention.faces:
            _prune(work, retention)


def _prune(work: Work, retention: Retention) -> None:
    schema, name = retention.function.split(".")
    batch = getattr(getattr(func, schema), name)(work.now - timedelta(days=retention.days))
    gone = 0
    for _ in range(MOST_BATCHES):
        some = work.session.scalar(select(batch)) or 0
        gone += some
        if not some:
            break
    if gone:
        work.note("kernel.pruned", rows=gone, what=retention.function, days=retention.days)
