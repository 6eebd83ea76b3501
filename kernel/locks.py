"""One at a time: locks by name, which PostgreSQL holds until the transaction ends, however it ends."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def hold(session: Session, what: str, *, together: bool = False) -> None:
    """Let nobody else hold `what` until this transaction ends; whoever asks meanwhile waits.

    Args:
        session: of the work that must be alone.
        what: begins with the room, so that two rooms never wait for each other.
        together: those who ask for `what` together wait only for one who holds it alone.
    """
    lock = func.pg_advisory_xact_lock_shared if together else func.pg_advisory_xact_lock
    session.execute(select(lock(func.hashtextextended(what, 0))))
