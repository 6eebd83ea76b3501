"""What a kind of long task is made of. Each room makes its own; the wiring lists them for the workers."""

from collections.abc import Callable
from dataclasses import dataclass

from kernel.errors import Problem
from kernel.faces import Face
from kernel.tasks.rules import Outcome, Task
from kernel.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of task. Every function is given a work in the name of whoever started the task.

    Attributes:
        name: stands in the database; it never changes.
        stride: how many items one step does; a step should take about a second.
        prepare: read what was given and say how many items there are.
        do: do these items; how many of them could not be done and were written down as such.
        give_up: write down that this item failed, and why; the others go on.
        end: make of what was done a report or a file. Not called where the task failed as a whole.
    """

    name: str
    face: Face
    stride: int
    prepare: Callable[[Work, Task], int]
    do: Callable[[Work, Task, range], int]
    give_up: Callable[[Work, Task, int, Problem], None]
    end: Callable[[Work, Task, Outcome], None]
