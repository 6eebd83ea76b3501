"""One at a time: locks by name, which PostgreSQL holds until the transaction ends, however it ends.

Each is a row of `kernel.locks` that belongs to the role which asks: PostgreSQL's advisory locks can be taken by whoever
has a connection, so that one face could keep another waiting for ever. Two faces therefore never wait for each other
here; what both write is held together by the database's own constraints.
"""

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

MINE: ColumnElement[str] = literal_column("CAST(CURRENT_USER AS text)")


def hold(session: Session, what: str) -> None:
    """Let nobody else hold `what` until this transaction ends; whoever asks meanwhile waits.

    Args:
        session: of the work that must be alone; it writes, so no reading may.
        what: begins with the room, so that two rooms never wait for each other.
    """
    session.execute(select(func.kernel.hold(MINE, what, False)))


def hold_together(session: Session, what: str) -> None:
    """Hold `what` beside all others who hold it together; wait only for who holds or wants it alone."""
    session.execute(select(func.kernel.pass_by(MINE, _gate(what))))
    session.execute(select(func.kernel.hold(MINE, what, True)))


def hold_before_many(session: Session, what: str) -> None:
    """Hold alone what many hold together. Whoever comes from now on waits until this transaction ends."""
    hold(session, _gate(what))
    hold(session, what)


def try_to_hold(session: Session, what: str) -> bool:
    """Hold `what` alone if nobody else does at this moment; whether that was so."""
    return bool(session.scalar(select(func.kernel.try_to_hold(MINE, what))))


def _gate(what: str) -> str:
    return f"{what}/gate"
