"""How it stands with a long task, how long it will take, and what becomes of a step that failed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

MOST_TRIES = 5
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
SILENT_AFTER = timedelta(seconds=20)  # no step takes so long: then it waits its turn, or no worker is running
JUDGED_FROM_MS = 1_500  # worked less, a task says nothing of how long it will take


class Outcome(StrEnum):
    """How a task ended."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Standing(StrEnum):
    """What a person sees of a task."""

    WAITING = "waiting"
    PREPARING = "preparing"
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Remedy(StrEnum):
    """What is done about a step that failed."""

    LATER = "later"  # the same again, after a while
    ONE_BY_ONE = "one_by_one"  # the items of this step each by itself, so that the bad one costs no other
    GIVE_UP_ITEM = "give_up_item"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A long task as it is now.

    Attributes:
        about: what it belongs to: an enterprise, a sitting.
        noted: what its steps noted down for later ones.
        total: how many items there are; None until they were counted.
        done: items that are behind it, those that failed included.
        careful_until: items before this one are done each by itself.
        worked_ms: time spent on items, without waiting.
        refusal: why it failed, as a sentence and what fills its places.
    """

    id: UUID
    kind: str
    about: UUID | None
    facts: Mapping[str, Any]
    noted: Mapping[str, Any]
    started_by: str
    started_at: datetime
    stepped_at: datetime | None
    total: int | None
    done: int
    failed: int
    careful_until: int
    worked_ms: int
    tries: int
    is_cancelled: bool
    outcome: Outcome | None
    ended_at: datetime | None
    refusal: tuple[str, Mapping[str, Any]] | None

    def standing(self, now: datetime) -> Standing:
        """What to say of it at `now`."""
        if self.outcome is not None:
            return Standing(self.outcome.value)
        if self.is_cancelled:
            return Standing.STOPPING
        if self.stepped_at is None or now - self.stepped_at > SILENT_AFTER:
            return Standing.WAITING
        return Standing.PREPARING if self.total is None else Standing.RUNNING

    @property
    def remaining(self) -> timedelta | None:
        """How long its items would take at the pace so far; None while that would be guessing."""
        if self.outcome is not None or not self.total or not self.done or self.worked_ms < JUDGED_FROM_MS:
            return None
        return timedelta(milliseconds=self.worked_ms * (self.total - self.done) / self.done)

    def next_items(self, stride: int) -> range:
        """The items of the next step, at most `stride`."""
        most = 1 if self.done < self.careful_until else stride
        return range(self.done, min(self.done + most, self.total or 0))


def remedy(task: Task, stride: int, *, is_refusal: bool, is_passing: bool) -> Remedy:
    """What to do after a failed step.

    Args:
        task: as it stood before the step; `tries` counts this one.
        stride: the most items of one step.
        is_refusal: a rule said no; the same again would say it again.
        is_passing: the database was away or a lock was not had; the same again may work.
    """
    items = task.next_items(stride)
    if is_passing and task.tries < MOST_TRIES:
        return Remedy.LATER
    if items:
        return Remedy.ONE_BY_ONE if len(items) > 1 else Remedy.GIVE_UP_ITEM
    return Remedy.FAIL if is_refusal or task.tries >= MOST_TRIES else Remedy.LATER


def later(tries: int) -> timedelta:
    """How long to wait before the next try, after so many."""
    return RETRY_AFTER[min(max(tries, 1), len(RETRY_AFTER)) - 1]
