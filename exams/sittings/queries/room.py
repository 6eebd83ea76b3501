"""The room of a sitting, held as it is while somebody changes it."""

from uuid import UUID

from kernel.locks import hold_before_many, hold_together
from kernel.work import Reading


def hold_room(reading: Reading, sitting_id: UUID, *, exclusively: bool = False) -> None:
    """Keep the room as it is until this work is over: many may start at once, but nobody while it is being closed.

    Whoever adds a line to the room record holds it exclusively, and before any row: a signature then covers every line
    that is there, and two acts never wait for each other in a ring.
    """
    held = hold_before_many if exclusively else hold_together
    held(reading.session, f"exams.room:{sitting_id}")
