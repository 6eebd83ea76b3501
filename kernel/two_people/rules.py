"""What was prepared, how it stands with it, and who may confirm it. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kernel.lasting import canonical_json
from kernel.two_people.errors import (
    CancelledAlready,
    ConfirmedAlready,
    Lapsed,
    NotAPerson,
    PreparedByYou,
    SignedByYou,
)

FEWEST_SIGNATURES = 2
SHORTEST_REASON = 4  # characters


class How(StrEnum):
    """How it ended with a prepared deed."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Standing(StrEnum):
    """How it stands with a prepared deed at a moment."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id and what fills its places: it is kept, and read in the language of whoever looks."""

    text: str
    data: Mapping[str, str | int]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"text": self.text, "data": dict(self.data)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a deed would do now.

    Attributes:
        about: the thing it is done to; one deed waits for each.
        says: what will happen, as whoever confirms reads it.
        rests_on: JSON values that decide what it does; where they differ at the confirmation, nothing is done.
        signatures: how many people it takes, the preparer among them.
    """

    about: UUID
    says: tuple[Sentence, ...]
    rests_on: Any
    signatures: int = FEWEST_SIGNATURES

    def __post_init__(self) -> None:
        if self.signatures < FEWEST_SIGNATURES:
            raise ValueError(f"A deed by two people takes {FEWEST_SIGNATURES} signatures, not {self.signatures}.")

    @property
    def digest(self) -> bytes:
        """SHA-256 of what it says and rests on."""
        said = [sentence.as_json() for sentence in self.says]
        return hashlib.sha256(canonical_json([said, self.rests_on, self.signatures])).digest()


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who stands for a deed."""

    person_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class End:
    """How a prepared deed ended; `name` and `because` are empty where it lapsed."""

    how: How
    at: datetime
    name: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A prepared deed: `deed` names it, `signed` are those who confirmed, in their order."""

    id: UUID
    deed: str
    about: UUID
    says: tuple[Sentence, ...]
    signatures: int
    preparer: Signature
    until: datetime
    signed: tuple[Signature, ...]
    end: End | None

    @property
    def missing(self) -> int:
        """How many signatures are missing."""
        return self.signatures - 1 - len(self.signed)

    @property
    def signers(self) -> tuple[Signature, ...]:
        """All who stand for it, the preparer first."""
        return (self.preparer, *self.signed)

    def standing(self, now: datetime) -> Standing:
        """How it stands at `now`; the deadline holds to the second, whenever it is written down."""
        if self.end is not None:
            return Standing(self.end.how.value)
        return Standing.LAPSED if now > self.until else Standing.WAITING

    def require_waiting(self, now: datetime) -> None:
        """Raises ConfirmedAlready, CancelledAlready, Lapsed."""
        match self.standing(now):
            case Standing.CONFIRMED:
                raise ConfirmedAlready
            case Standing.CANCELLED:
                assert self.end is not None
                raise CancelledAlready(name=self.end.name)
            case Standing.LAPSED:
                raise Lapsed

    def require_another(self, person_id: UUID | None) -> UUID:
        """The person, who has no part in it yet. Raises NotAPerson, PreparedByYou, SignedByYou."""
        person = require_person(person_id)
        if person == self.preparer.person_id:
            raise PreparedByYou
        if person in {signature.person_id for signature in self.signed}:
            raise SignedByYou
        return person


def require_person(person_id: UUID | None) -> UUID:
    """Two accounts of one person are one person, and the platform is nobody. Raises NotAPerson."""
    if person_id is None:
        raise NotAPerson
    return person_id
