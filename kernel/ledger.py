"""The signing keys that are believed: those this host was given, and what the database ties to them."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kernel.keys import Keyring, PublicKey, PublicKeys, Succession
from kernel.tables import SigningKeyRecord


def public_keys(session: Session, keys: Keyring) -> PublicKeys:
    """What verifies the registry's signatures, old ones included. Raises KeyMissing where this host was given none."""
    return PublicKeys(keys.public_halves, successions(session))


def successions(session: Session) -> list[Succession]:
    """Every signing key that was announced, the first one first; nothing of it is believed yet."""
    told = text("SELECT * FROM kernel.announced_keys()")  # a function: the public face reads no table
    records = session.scalars(select(SigningKeyRecord).from_statement(told))
    return [
        Succession(
            PublicKey(each.algorithm, each.public),
            each.begins_at,
            each.predecessor,
            each.by_itself,
            each.by_predecessor,
        )
        for each in records
    ]


def announced(session: Session, succession: Succession) -> None:
    """Keep the announcement of a key."""
    session.add(
        SigningKeyRecord(
            id=succession.key.id,
            algorithm=succession.key.algorithm,
            public=succession.key.public,
            begins_at=succession.begins_at,
            predecessor=succession.predecessor,
            by_itself=succession.by_itself,
            by_predecessor=succession.by_predecessor,
        )
    )
