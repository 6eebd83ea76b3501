"""When completed hours make a person eligible, and the number of the proof."""

from datetime import date
from decimal import Decimal

from certification.eligibility.errors import HoursMissing


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
