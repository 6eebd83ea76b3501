"""Facts about deeds by two people. The confirmation is the deed's one row in the audit, and names all who signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedPrepared(Event):
    """`digest`: SHA-256 of what it says and rests on, in hexadecimal digits."""

    NAME: ClassVar[str] = "kernel.deed_prepared"

    prepared_id: UUID
    deed: str
    about: UUID
    digest: str
    signatures: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedSigned(Event):
    """One more person stands for it, and more are needed."""

    NAME: ClassVar[str] = "kernel.deed_signed"

    prepared_id: UUID
    deed: str
    about: UUID
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedConfirmed(Event):
    """It was done. `people` and `names`: all who stand for it, the preparer first."""

    NAME: ClassVar[str] = "kernel.deed_confirmed"

    prepared_id: UUID
    deed: str
    about: UUID
    digest: str
    prepared_at: datetime
    people: tuple[UUID, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedCancelled(Event):
    NAME: ClassVar[str] = "kernel.deed_cancelled"

    prepared_id: UUID
    deed: str
    about: UUID
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedLapsed(Event):
    """Nobody confirmed it in time."""

    NAME: ClassVar[str] = "kernel.deed_lapsed"

    prepared_id: UUID
    deed: str
    about: UUID
