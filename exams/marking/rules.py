"""What an attempt comes to. Pure."""

from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an attempt comes to: the marks of its steps, or nothing where two invigilators found a breach."""

    score: Decimal
    passed: bool
    cancelled: bool


def worth(given: Decimal, pass_mark: Decimal, *, is_cancelled: bool) -> Worth:
    """What `given` marks come to; a breach leaves nothing of them."""
    score = NOTHING if is_cancelled else given
    return Worth(score, not is_cancelled and score >= pass_mark, is_cancelled)
