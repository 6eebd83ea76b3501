"""Long tasks: started by a deed, done in steps by worker processes, seen, cancelled, and taken up again after a kill.

A step is one transaction that holds the task's row: what it did and how far the task has come are committed together,
so nothing is done twice and nothing is lost. Whoever dies lets go of the row, and another worker takes the next step.
What takes long within a step, a document or a workbook, is made with free hands before the step is written (`making`).

What a task was given and what it made are files (`kernel.files`), kept as those of its id.
"""

from kernel.tasks.actions import cancel, note_down, start
from kernel.tasks.kinds import Kind, Preparation, Result
from kernel.tasks.queries import lately, task
from kernel.tasks.rules import Outcome, Standing, Task

__all__ = [
    "Kind",
    "Outcome",
    "Preparation",
    "Result",
    "Standing",
    "Task",
    "cancel",
    "lately",
    "note_down",
    "start",
    "task",
]
