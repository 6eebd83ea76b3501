"""Whether whoever works here has a transaction in hand, and with it one of the few connections.

What takes long (setting a document, reading a workbook, drawing a photo anew) is done with free hands: the values are
read first, then the thing is made, then what was made is written down. Otherwise a few large documents hold every
connection of a face, and with them a room full of candidates. The doors at which such things are made ask here.

A request is worked on by several threads, each with a copy of its context; so its `Hands` are laid there before the
first of them (`web.frame.hands`), and all copies hold the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class InTransaction(Protocol):
    """A session, as far as it is of interest here."""

    def in_transaction(self) -> bool: ...


class HandsNotFree(RuntimeError):
    """A mistake of ours: something that takes long was begun within a transaction."""


class Hands:
    """The sessions that are open for one request, or in one thread."""

    def __init__(self) -> None:
        self._sessions: list[InTransaction] = []

    @contextmanager
    def holding(self, session: InTransaction) -> Iterator[None]:
        """Have this session in hand for as long as it is open."""
        self._sessions.append(session)
        try:
            yield
        finally:
            self._sessions = [each for each in self._sessions if each is not session]

    @property
    def are_free(self) -> bool:
        """Whether none of them is in a transaction; one that was opened and asked nothing yet is in none."""
        return not any(session.in_transaction() for session in self._sessions)


_HANDS: ContextVar[Hands] = ContextVar("hands")


def lay_down() -> None:
    """Begin with free hands, shared by all threads that get a copy of this context."""
    _HANDS.set(Hands())


def hands() -> Hands:
    """Those of this context."""
    found = _HANDS.get(None)
    if found is None:
        found = Hands()
        _HANDS.set(found)
    return found


def require_free(what: str) -> None:
    """Raises HandsNotFree where `what` is begun within a transaction."""
    if not hands().are_free:
        raise HandsNotFree(f"{what} within a transaction: read first, make it with free hands, then write it down.")
