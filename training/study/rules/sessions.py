"""A study session: one person at one lesson on one day, credited beat by beat.

A beat is a sign of life from the page. It credits the time since the beat before, on the server's clock; silence longer
than BEAT_AT_MOST credits nothing, for then nobody knows whether the page was there. From time to time the learner is
asked whether they are present. While the question stands nothing is credited; when it is not answered in time, or the
session ends before it is answered, what the session credited since the last sign of presence is taken back.

What a session leaves without a sign of presence goes with the person into the next one: a page that is opened again and
again before the question comes is asked no later than one that stays open.

The statement in `study/actions.py` does the same in SQL, in one step; a test holds both against each other.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from training.study.errors import NothingAsked, SessionIsOver
from training.study.rules.coverage import Coverage, Stretch, accepted, added

BEAT_AT_MOST = timedelta(seconds=30)
BEAT_EVERY = timedelta(seconds=10)  # what the page is told; two lost beats cost nothing
MS = timedelta(milliseconds=1)


class Ended(StrEnum):
    """Why a session is over."""

    ELSEWHERE = "elsewhere"  # the learner opened another lesson, tab or device
    ABSENT = "absent"  # a presence check was not answered in time
    NEW_DAY = "new_day"  # the day's cap is counted by calendar day, so a session belongs to one day
    DONE = "done"  # the lesson was completed
    WITHDRAWN = "withdrawn"  # the learner is no longer enrolled in the course


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySession:
    """The state of a session. Amounts are milliseconds.

    Attributes:
        before_ms: credited to this lesson by earlier sessions.
        allowed_ms: the most this session may credit: what lesson cap and daily cap left when it was opened.
        carried_ms: credited by earlier sessions since the last sign of presence. It stays credited, so that a lesson
            completed with it stays completed, but it brings the next question nearer until one is answered.
        unconfirmed_ms: credited by this session since the last sign of presence.
        check_after_ms: a presence check is due when so much is carried and unconfirmed.
        sequence: the number of the last beat that counted.
        last_at: the moment up to which time is settled.
    """

    id: UUID
    day: date
    last_at: datetime
    sequence: int = 0
    before_ms: int = 0
    credited_ms: int = 0
    allowed_ms: int
    carried_ms: int = 0
    unconfirmed_ms: int = 0
    check_after_ms: int
    answer_within: timedelta
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    ended: Ended | None = None
    video_ms: int = 0
    video_played: Coverage = ()

    def beat(self, *, sequence: int, now: datetime, today: date, played: Stretch | None = None) -> "StudySession":
        """The session after a beat; unchanged when it is over, or when this beat was counted before."""
        if self.ended_at is not None or sequence <= self.sequence:
            return self
        elapsed = max(timedelta(), now - self.last_at)
        moved = replace(self.settle(now), sequence=sequence, last_at=max(self.last_at, now))
        if moved.ended_at is not None:
            return moved
        if today != self.day:
            return moved.end(now=now, why=Ended.NEW_DAY)
        if self.asked_at is not None or elapsed > BEAT_AT_MOST:
            return moved
        return _credited(moved, elapsed // MS, played, now)

    def settle(self, now: datetime) -> "StudySession":
        """The session after an overdue presence check has had its consequence."""
        if self.ended_at is not None or self.asked_at is None or now - self.asked_at <= self.answer_within:
            return self
        return replace(taken_back(self), ended_at=now, ended=Ended.ABSENT)

    def confirm(self, *, now: datetime, check_after_ms: int) -> "StudySession":
        """The session after a sign of presence: a question answered, or something only a present person does."""
        settled = self.settle(now)
        if settled.ended_at is not None:
            return settled
        last_at = max(self.last_at, now) if self.asked_at else self.last_at
        return replace(
            settled, asked_at=None, carried_ms=0, unconfirmed_ms=0, check_after_ms=check_after_ms, last_at=last_at
        )

    def end(self, *, now: datetime, why: Ended) -> "StudySession":
        """The session closed for another reason. A question that stands is not escaped by it."""
        settled = self.settle(now)
        if settled.ended_at is not None:
            return settled
        kept = settled if settled.asked_at is None else taken_back(settled)
        return replace(kept, ended_at=now, ended=why)

    def answer(self, *, now: datetime, check_after_ms: int) -> "StudySession":
        """The learner answered the presence check. Raises SessionIsOver, NothingAsked."""
        if self.ended_at is not None:
            raise SessionIsOver
        if self.asked_at is None:
            raise NothingAsked
        return self.confirm(now=now, check_after_ms=check_after_ms)


def taken_back(session: StudySession) -> StudySession:
    """The session without what it credited since the last sign of presence."""
    return replace(session, credited_ms=session.credited_ms - session.unconfirmed_ms, unconfirmed_ms=0)


def _credited(session: StudySession, elapsed_ms: int, played: Stretch | None, now: datetime) -> StudySession:
    credit = max(0, min(elapsed_ms, session.allowed_ms - session.credited_ms))
    unconfirmed = session.unconfirmed_ms + credit
    stretch = accepted(played, elapsed_ms=elapsed_ms, video_ms=session.video_ms)
    return replace(
        session,
        credited_ms=session.credited_ms + credit,
        unconfirmed_ms=unconfirmed,
        asked_at=now if session.carried_ms + unconfirmed >= session.check_after_ms else None,
        video_played=added(session.video_played, stretch),
    )


def carried_from(last: StudySession | None, drawn_ms: int) -> tuple[int, int]:
    """What a person's next session begins with: `carried_ms` and `check_after_ms`.

    Args:
        last: the person's newest session, as it ended; None before the first.
        drawn_ms: when the next session's own first question would come.

    With something carried, the earlier of the two questions stands: opening a page again draws no later one.
    """
    carried = 0 if last is None else last.carried_ms + last.unconfirmed_ms
    if last is None or not carried:
        return 0, drawn_ms
    return carried, min(drawn_ms, last.check_after_ms)


def check_after_ms(session_id: UUID, number: int, after_seconds: tuple[int, int]) -> int:
    """How much credit the `number`-th presence check of a session comes after.

    Drawn from the session's id: the same on every process, and not to be foreseen by counting minutes.
    """
    earliest, latest = after_seconds
    digest = hashlib.sha256(session_id.bytes + number.to_bytes(4, "big")).digest()
    return (earliest + int.from_bytes(digest[:8], "big") % (latest - earliest + 1)) * 1_000
