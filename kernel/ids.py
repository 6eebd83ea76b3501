"""Identifiers: time-ordered UUIDs (version 7, RFC 9562), so that newer rows sort and index after older ones."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh identifier, unique everywhere and ordered by the moment of its making."""
    return uuid7()
