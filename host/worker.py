"""The worker: does what is to be done from time to time and delivers announced facts, beside the web process.

What the clock wants comes first: a thousand papers handed in at once must not keep the time from running out elsewhere.
"""

from functools import partial

from host.rounds import Rounds
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.work import Workplace

ROUND_SECONDS = 1.0  # so long facts are delivered before it is looked again what the clock wants


def worker(workplace: Workplace, faces: tuple[Face, ...]) -> Rounds:
    """The rounds beside a serving process. A slow reaction of one face does not hold up another."""
    return Rounds(workplace, faces, partial(deliver_due, workplace), seconds=ROUND_SECONDS, heavy=False)
