"""What a kind of long task is made of. Each room makes its own; the wiring lists them for the workers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kernel.errors import Problem
from kernel.faces import Face
from kernel.store import FilePurpose
from kernel.tasks.rules import Outcome, Task
from kernel.work import Reading, Work

G = TypeVar("G")
M = TypeVar("M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation(Generic[G, M]):
    """Preparing what takes long to read: a workbook.

    Attributes:
        read: what is needed for it, in a transaction that only reads.
        make: what takes long, with neither a transaction nor a connection in hand.
        write: write down what was made, and say how many items there are.
    """

    read: Callable[[Reading, Task], G]
    make: Callable[[G], M]
    write: Callable[[Work, Task, M], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Generic[G]):
    """The file in which a task that finishes ends. It is kept together with the last step, as the task's by `name`.

    Attributes:
        read: what stands in it, in a transaction that only reads.
        make: the file, made with neither a transaction nor a connection in hand.
    """

    purpose: FilePurpose
    name: str
    media_type: str
    read: Callable[[Reading, Task], G]
    make: Callable[[G], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of task. Every function is given a work, or a reading, in the name of whoever started the task.

    Attributes:
        name: stands in the database; it never changes.
        stride: how many items one step does; a step should take about a second.
        prepare: read what was given and say how many items there are.
        do: do these items; how many of them could not be done and were written down as such.
        give_up: write down that this item failed, and why; the others go on.
        end: make of what was done a report. Not called where the task failed as a whole.
        result: the file that is made of it, where there is one.
    """

    name: str
    face: Face
    stride: int
    prepare: Callable[[Work, Task], int] | Preparation[Any, Any]
    do: Callable[[Work, Task, range], int]
    give_up: Callable[[Work, Task, int, Problem], None]
    end: Callable[[Work, Task, Outcome], None]
    result: Result[Any] | None = None

    def apart(self, task: Task) -> Preparation[Any, Any] | Result[Any] | None:
        """What the next step of `task` makes with free hands, where it makes something."""
        if task.is_cancelled:
            return None
        if task.total is None:
            return self.prepare if isinstance(self.prepare, Preparation) else None
        return None if task.next_items(self.stride) else self.result
