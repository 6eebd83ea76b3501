"""Deeds that meet: one holds what the other wants."""

from sqlalchemy import text

from kernel.faces import Face
from kernel.work import Workplace

# Other test processes have databases of their own on the same server, and wait in them. A lock of a transaction
# names no database, so that its waiter is asked.
WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()
    )
"""


def somebody_waits(place: Workplace, face: Face = Face.REGISTRY) -> bool:
    """Whether somebody in this database waits for what another transaction holds."""
    with place.engines.of(face).connect() as connection:
        return bool(connection.scalar(text(WAITING)))
