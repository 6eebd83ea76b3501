"""What a certificate is worth on a given day: computed when read, stored nowhere.

not_yet_valid -> valid <-> suspended
                 valid -> renewal_due -> expired
                 valid -> review_due  -> void          (order 30 only, reviews due before 1 June 2026)
any -> revoked | cancelled | replaced                  (the end)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certification.certificates.errors import (
    AlreadyCancelled,
    AlreadyReplaced,
    AlreadyRevoked,
    AlreadySuspended,
    HasExpired,
    NoReviewHeld,
    NotSuspended,
)
from certification.certificates.rules.validity import Period, renewal, review_days
from certification.programmes.rules import plus_years


class State(StrEnum):
    """The state of a certificate on a day."""

    NOT_YET_VALID = "not_yet_valid"
    VALID = "valid"
    RENEWAL_DUE = "renewal_due"
    REVIEW_DUE = "review_due"
    EXPIRED = "expired"
    VOID = "void"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    REPLACED = "replaced"

    @property
    def holds(self) -> bool:
        """Whether the holder is qualified on that day."""
        return self in {State.VALID, State.RENEWAL_DUE, State.REVIEW_DUE}


class Entry(StrEnum):
    """What is written into the status log."""

    ISSUED = "issued"
    REVIEWED = "reviewed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


ENDED = frozenset({State.REVOKED, State.CANCELLED, State.REPLACED})

# The stronger end first: what was revoked and then struck off shows as revoked.
_OVER = {State.REVOKED: AlreadyRevoked, State.CANCELLED: AlreadyCancelled, State.REPLACED: AlreadyReplaced}
_ENDS = ((Entry.REVOKED, State.REVOKED), (Entry.CANCELLED, State.CANCELLED), (Entry.REPLACED, State.REPLACED))


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the status log; it counts from `effective_on` (Shanghai date) on."""

    entry: Entry
    effective_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The state on a day, since when, and the last day on which it lasts if nobody does anything (None = for good)."""

    state: State
    since: date
    lasts_until: date | None


def standing(period: Period, log: Sequence[LogEntry], today: date) -> Standing:
    """What the certificate is worth on `today`. `log` is in the order written."""
    state = _state_on(period, log, today)
    days = sorted(_days_of_change(period, log))
    since = max((day for day in days if day <= today), default=period.valid_from)
    for day in reversed([day for day in days if day <= today]):
        if _state_on(period, log, day) is not state:
            break
        since = day
    change = next((day for day in days if day > today and _state_on(period, log, day) is not state), None)
    return Standing(state, since, change - timedelta(days=1) if change else None)


def waits_to_begin(period: Period, log: Sequence[LogEntry], today: date) -> bool:
    """Whether the certificate begins later and has not been ended before, suspended or not."""
    return today < period.valid_from and _state_on(period, log, today) not in ENDED


def holds_until(period: Period, log: Sequence[LogEntry], today: date) -> date | None:
    """The last day of the unbroken run of days, from `today` on, on which the holder is qualified; None = not today."""
    if not _state_on(period, log, today).holds:
        return None
    ahead = sorted(day for day in _days_of_change(period, log) if day > today)
    end = next(day for day in ahead if not _state_on(period, log, day).holds)
    return end - timedelta(days=1)


def _state_on(period: Period, log: Sequence[LogEntry], day: date) -> State:
    known = [line for line in log if line.effective_on <= day]
    for entry, state in _ENDS:
        if any(line.entry is entry for line in known):
            return state
    if day > period.valid_until:
        return State.EXPIRED
    if _missed_review(period, known, day):
        return State.VOID
    if _is_suspended(known):
        return State.SUSPENDED
    if day < period.valid_from:
        return State.NOT_YET_VALID
    return _due_state(period, known, day)


def _due_state(period: Period, known: Sequence[LogEntry], day: date) -> State:
    review = period.regime.review
    if review:
        notice = timedelta(days=review.notice_days.value)
        if any(due - notice <= day for due in _open_reviews(period, known)):
            return State.REVIEW_DUE
    if day >= renewal(period).due_from:
        return State.RENEWAL_DUE
    return State.VALID


def _open_reviews(period: Period, known: Sequence[LogEntry]) -> tuple[date, ...]:
    """Days of reviews not yet passed; the n-th review passed answers the n-th day."""
    passed = sum(line.entry is Entry.REVIEWED for line in known)
    return review_days(period)[passed:]


def _missed_review(period: Period, known: Sequence[LogEntry], day: date) -> bool:
    review = period.regime.review
    if review is None or not review.missed_voids.value:
        return False
    return any(due < day for due in _open_reviews(period, known))


def _is_suspended(known: Sequence[LogEntry]) -> bool:
    turns = [line for line in known if line.entry in {Entry.SUSPENDED, Entry.REINSTATED}]
    return bool(turns) and max(enumerate(turns), key=lambda pair: (pair[1].effective_on, pair[0]))[1].entry is (
        Entry.SUSPENDED
    )


def _days_of_change(period: Period, log: Sequence[LogEntry]) -> set[date]:
    """Every day on which the state may become another one; a superset of the real ones."""
    days = {period.valid_from, period.valid_until + timedelta(days=1)}
    days.add(renewal(period).due_from)
    days |= {line.effective_on for line in log}
    review = period.regime.review
    for due in review_days(period):
        notice = review.notice_days.value if review else 0
        days |= {due - timedelta(days=notice), due + timedelta(days=1)}
    return days


def check_may_append(period: Period, log: Sequence[LogEntry], entry: Entry, today: date) -> None:
    """Refuse a log line that makes no sense now.

    Raises:
        CertificateIsOver: after a revocation, cancellation or replacement has taken effect. A replacement that takes
            effect later does not count yet: until then a fraud that comes to light must still end the certificate.
        AlreadySuspended, NotSuspended, HasExpired, NoReviewHeld: by their sentences.
    """
    _refuse_if_over(log, today)
    now = standing(period, log, today)
    if entry in {Entry.SUSPENDED, Entry.REVIEWED} and now.state is State.EXPIRED:
        raise HasExpired(day=period.valid_until)
    if entry is Entry.SUSPENDED and _is_suspended(log):
        raise AlreadySuspended(day=now.since)
    if entry is Entry.REINSTATED and not _is_suspended(log):
        raise NotSuspended
    if entry is Entry.REVIEWED and now.state is not State.REVIEW_DUE:
        raise NoReviewHeld(day=today)


def _refuse_if_over(log: Sequence[LogEntry], today: date) -> None:
    for entry, state in _ENDS:
        for line in log:
            if line.entry is entry and line.effective_on <= today:
                raise _OVER[state](day=line.effective_on)


def barred_until(ban_years: int, revoked_on: date) -> date | None:
    """The last day on which no new application is taken after a revocation; None = no bar."""
    return plus_years(revoked_on, ban_years) - timedelta(days=1) if ban_years else None
