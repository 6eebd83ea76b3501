"""How a new certificate follows those there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from certification.certificates.errors import FormerIsSuspended, RenewalInHand, RenewalTooEarly
from certification.certificates.rules.states import LogEntry, State, standing
from certification.certificates.rules.validity import Period, first_period, renewal, renewed_period, review_days
from certification.programmes.rules import ValidityRegime
from kernel.law import Book

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Former(Generic[F]):
    """A certificate of the same person for the same qualification."""

    certificate: F
    period: Period
    log: Sequence[LogEntry]


@dataclass(frozen=True, slots=True)
class Succession(Generic[F]):
    """The period of the new certificate, and the former that it renews, if it renews one."""

    period: Period
    renews: F | None


def succession(
    regimes: Book[ValidityRegime], position: str, issued_on: date, formers: Sequence[Former[F]]
) -> Succession[F]:
    """How a new certificate follows those there are: it renews the one that holds, else it begins anew.

    Raises:
        FormerIsSuspended: a suspension is not walked around by taking a new certificate.
        RenewalInHand, RenewalTooEarly: nobody stacks certificates for decades ahead.
    """
    renewed: Former[F] | None = None
    for former in formers:
        state = standing(former.period, former.log, issued_on).state
        if state is State.SUSPENDED:
            raise FormerIsSuspended
        if state is State.NOT_YET_VALID:
            raise RenewalInHand(day=former.period.valid_from)
        if state.holds and (renewed is None or former.period.valid_until > renewed.period.valid_until):
            renewed = former
    if renewed is None:
        return Succession(first_period(regimes, position, issued_on), None)
    due_from = renewal(renewed.period).due_from
    if issued_on < due_from:
        raise RenewalTooEarly(until=renewed.period.valid_until, day=due_from)
    return Succession(renewed_period(regimes, position, issued_on, renewed.period), renewed.certificate)


def first_review(period: Period) -> date | None:
    """The day printed as 复审日期, where the regime holds a review."""
    days = review_days(period)
    return days[0] if days else None
