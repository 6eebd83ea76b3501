"""What becomes of a message. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

MOST_TRIES = 5
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
LOST_AFTER = timedelta(minutes=10)  # no gateway takes so long: whoever was sending has died
GOOD_FOR = timedelta(days=3)  # afterwards the news is none


class Channel(StrEnum):
    """The way a message takes."""

    MAIL = "mail"
    SMS = "sms"


class Outcome(StrEnum):
    """How an attempt to send ended."""

    TAKEN = "taken"  # the next one on the way has it
    NOT_TAKEN = "not_taken"  # surely not, and the same again may work
    REFUSED = "refused"  # surely not, and the same again would be refused again
    UNKNOWN = "unknown"  # it may have arrived: it is not sent twice


class Standing(StrEnum):
    """How far a message has come, as an office sees it."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"  # it was tried as often as it is, or for as long as it is news


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a gateway is handed it. `id` is the same at every attempt."""

    id: UUID
    channel: Channel
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway says of an attempt; `detail` is for the operator and names no person."""

    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to send; `outcome` is None while it is under way, or for ever where its sender died."""

    began_at: datetime
    outcome: Outcome | None


def is_due(attempts: Sequence[Attempt], *, written_at: datetime, now: datetime) -> bool:
    """Whether a message may be sent now: for the first time, or once more because it was surely not taken."""
    if now >= written_at + GOOD_FOR:
        return False
    if not attempts:
        return True
    last = attempts[-1]
    if last.outcome is not Outcome.NOT_TAKEN or len(attempts) >= MOST_TRIES:
        return False
    return now >= last.began_at + RETRY_AFTER[min(len(attempts), len(RETRY_AFTER)) - 1]


def is_lost(attempt: Attempt, now: datetime) -> bool:
    """Whether nobody will say any more how this attempt ended."""
    return attempt.outcome is None and now >= attempt.began_at + LOST_AFTER


def standing(tries: int, last: Outcome | None, *, written_at: datetime, now: datetime) -> Standing:
    """How far a message has come that was tried so often, and ended so the last time."""
    if last in {Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN}:
        return Standing(last)
    is_over = tries >= MOST_TRIES and last is Outcome.NOT_TAKEN
    return Standing.GIVEN_UP if is_over or now >= written_at + GOOD_FOR else Standing.WAITING
