"""When completed hours make a person eligible, and the number of the proof."""

from datetime import date
from decimal import Decimal

from certification.eligibility.errors import HoursMissing
from certification.programmes.rules import ValidityRegime, in_force
from kernel.law import Book
from people.positions.rules import Position


def check_hours(*, required: Decimal, credited: Decimal) -> None:
    """Refuse hours that do not reach the outline's, whoever announced them.

    Raises:
        HoursMissing: when fewer hours are credited than required.
    """
    if credited < required:
        raise HoursMissing(credited=credited, required=required)


def proof_number(completed_on: date, running: int) -> str:
    """The number of a training proof: year of completion and a running number. A choice of this platform."""
    return f"PX{completed_on.year}{running:08d}"


def plain_hours(hours: Decimal) -> str:
    """Hours as they are printed: without trailing zeros, never in powers of ten."""
    return f"{hours.normalize():f}"


def training_order(regimes: Book[ValidityRegime], position: Position, completed_on: date) -> str:
    """The order that ruled the training of operators when the hours became complete; empty for other positions.

    Raises:
        NoRuleInForce: an operator was trained before the first order.
    """
    if position is not Position.SPECIAL_OPERATION:
        return ""
    return in_force(regimes, position, completed_on).name.zh
