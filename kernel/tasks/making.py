"""What a step makes with free hands, and how the task is kept for it meanwhile.

A step holds the task's row, and a row is held by a transaction. While something is made there is none: the task is put
off instead, by a little more than it takes to say so again, and whoever makes it goes on saying so. Who dies falls
silent, and half a minute later another worker takes the task up. Should both make it all the same, the first that holds
the row writes it down, and the other one's is dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread
from typing import Any

import structlog
from sqlalchemy import update

from kernel import files
from kernel.actor import Actor, platform
from kernel.files import Incoming
from kernel.hands import require_free
from kernel.tasks.kinds import Kind, Result
from kernel.tasks.rules import Task
from kernel.tasks.tables import TaskRecord
from kernel.work import Workplace

log = structlog.get_logger()
PUT_OFF = timedelta(seconds=30)
SAID_AGAIN_EVERY_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a step: something to write down, or a file that is kept by nobody yet."""

    value: Any

    def drop(self) -> None:
        """Forget what is left of it, once the step is over."""
        if isinstance(self.value, Incoming):
            self.value.drop()


def make(workplace: Workplace, kind: Kind, task: Task, actor: Actor) -> Made | None:
    """What the next step needs; None where it needs nothing of the sort."""
    apart = kind.apart(task)
    if apart is None:
        return None
    with _put_off(workplace, kind, task):
        with workplace.reading(actor, kind.face) as reading:
            given = apart.read(reading, task)
        require_free("What a task makes was begun")
        made = apart.make(given)
        if isinstance(apart, Result):
            stores = workplace.stores(kind.face)
            return Made(files.receive(stores, apart.purpose, BytesIO(made), apart.media_type))
    return Made(made)


@contextmanager
def _put_off(workplace: Workplace, kind: Kind, task: Task) -> Iterator[None]:
    over = Event()
    saying = Thread(target=_say_again, args=(workplace, kind, task, over), name=f"keeping {task.id}", daemon=True)
    saying.start()
    try:
        yield
    finally:
        over.set()
        saying.join()


def _say_again(workplace: Workplace, kind: Kind, task: Task, over: Event) -> None:
    while not over.wait(SAID_AGAIN_EVERY_SECONDS):
        try:
            with workplace.transaction(platform("task"), kind.face) as work:
                here = (TaskRecord.id == task.id, TaskRecord.done == task.done, TaskRecord.ended_at.is_(None))
                still = update(TaskRecord).where(*here, TaskRecord.tries == task.tries)
                work.session.execute(still.values(run_after=work.now + PUT_OFF, stepped_at=work.now))
        except Exception:
            log.exception("could not say that a task is being worked on", task=str(task.id))
