"""Removing what has had its time: done deliveries, ended sign-ins, counted guesses. Never what proves anything.

How long what is kept stands in `data/retention.yaml`, with the reason; the database itself refuses what is younger than
thirty days. What is history (audit, steps, results, certificates) is not here and cannot be removed at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from kernel.authored import authored, read_once
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


@read_once
def retentions() -> tuple[Retention, ...]:
    """All of them, read once."""
    return authored(FILE).entries(read=_retention)


def _retention(raw: Mapping[str, Any]) -> Retention:
    return Retention(raw["function"], raw["days"], tuple(Face(name) for name in raw["faces"]), raw["because"])


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
