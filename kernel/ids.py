"""Identifiers: time-ordered UUIDs (version 7, RFC 9562), so that newer rows sort and index after older ones."""

from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh identifier, unique everywhere and ordered by the moment of its making."""
    return uuid7()


def earlier(known: UUID, by: timedelta) -> UUID:
    """An identifier that sorts before every one made within `by` before `known`; its first 48 bits are milliseconds."""
    return UUID(int=max(0, known.int - ((by // timedelta(milliseconds=1)) << 80)))
