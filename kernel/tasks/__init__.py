"""Long tasks: started by a deed, done in steps by worker processes, seen, cancelled, and taken up again after a kill.

A step is one transaction that holds the task's row: what it did and how far the task has come are committed together,
so nothing is done twice and nothing is lost. Whoever dies lets go of the row, and another worker takes the next step.
"""

from kernel.tasks.actions import cancel, keep_file, start
from kernel.tasks.kinds import Kind
from kernel.tasks.queries import file_of, lately, task
from kernel.tasks.rules import Outcome, Standing, Task

__all__ = ["Kind", "Outcome", "Standing", "Task", "cancel", "file_of", "keep_file", "lately", "start", "task"]
