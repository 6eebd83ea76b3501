"""What a worker process does: steps of long tasks, and periodic deeds too heavy for a process that serves a room."""

from collections.abc import Mapping
from functools import partial

from host.rounds import Rounds
from kernel.faces import Face
from kernel.tasks import Kind
from kernel.tasks.running import run_due
from kernel.work import Workplace

ROUND_SECONDS = 5.0


def runner(workplace: Workplace, kinds: Mapping[str, Kind], faces: tuple[Face, ...]) -> Rounds:
    """The rounds of a worker process: so many steps are done at once by it as it has faces, and no more."""
    return Rounds(workplace, faces, partial(run_due, workplace, kinds), seconds=ROUND_SECONDS, heavy=True)
