"""The period of a certificate, by the regime in force on the day it is issued."""

from dataclasses import dataclass
from datetime import date, timedelta

from certification.programmes.rules import ValidityRegime, in_force, plus_years
from kernel.law import Book


@dataclass(frozen=True, slots=True)
class Period:
    """From `valid_from` to `valid_until`, both included; `regime` is the rule that set them."""

    first_issued_on: date
    valid_from: date
    valid_until: date
    regime: ValidityRegime


@dataclass(frozen=True, slots=True)
class Renewal:
    """From when a renewal is due and by when it must be applied for; `is_confirmed`: both were read in a source."""

    due_from: date
    apply_by: date
    is_confirmed: bool


def renewal(period: Period) -> Renewal:
    """When the renewal of a certificate is due, by the rule under which it was issued."""
    notice, latest = period.regime.renewal_notice_days, period.regime.renewal_apply_by_days
    return Renewal(
        due_from=period.valid_until - timedelta(days=notice.value),
        apply_by=period.valid_until - timedelta(days=latest.value),
        is_confirmed=notice.confidence.is_read and latest.confidence.is_read,
    )


def first_period(regimes: Book[ValidityRegime], position: str, issued_on: date) -> Period:
    """The period of a certificate that follows no other.

    Raises:
        NoRuleInForce: when no regime covers that position and day.
    """
    regime = in_force(regimes, position, issued_on)
    return Period(issued_on, issued_on, last_day(regime, issued_on), regime)


def renewed_period(regimes: Book[ValidityRegime], position: str, issued_on: date, former: Period) -> Period:
    """The period of a renewal. The day of first issue never changes.

    A renewal before the end begins on the day the former period ends, so that nobody loses days by coming early; the
    former certificate holds until then. A certificate that had expired is not renewed: the new one stands alone.

    Raises:
        NoRuleInForce: when no regime covers that position and day.
    """
    if issued_on > former.valid_until:
        return first_period(regimes, position, issued_on)
    regime = in_force(regimes, position, issued_on)
    return Period(former.first_issued_on, former.valid_until, last_day(regime, former.valid_until), regime)


def last_day(regime: ValidityRegime, begins: date) -> date:
    """The last day on which a certificate that begins on `begins` is valid."""
    end = plus_years(begins, regime.validity_years.value)
    return end if regime.last_day.value == "same_day" else end - timedelta(days=1)


def review_days(period: Period) -> tuple[date, ...]:
    """The days by which reviews fall due within the period and were still held; empty where the rule has none."""
    review = period.regime.review
    if review is None:
        return ()
    return tuple(day for day in _review_days_as_printed(period) if day < review.abolished_from.value)


def reviews_abolished_from(period: Period) -> date | None:
    """Since when a review that this certificate would still have had is not held any more; None = it loses none."""
    review = period.regime.review
    if review is None:
        return None
    abolished = review.abolished_from.value
    return abolished if any(day >= abolished for day in _review_days_as_printed(period)) else None


def _review_days_as_printed(period: Period) -> tuple[date, ...]:
    regime = period.regime
    if regime.review is None:
        return ()
    every = regime.review.every_years.value
    times = range(1, regime.validity_years.value // every + 1)
    due = (plus_years(period.valid_from, every * number) for number in times)
    return tuple(day for day in due if day < period.valid_until)
