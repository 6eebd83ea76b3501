"""Numbers and units: how they are written, and what one is in the unit of another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from question_bank.kinds.numeric.errors import NumberUnreadable, UnitsUnreadable
from question_bank.kinds.protocol import Faults

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor`: what one of it is in the unit of the key; None where it measures something else."""

    symbol: str
    factor: Decimal | None


def plain(number: Decimal) -> str:
    """A number as it is written: no exponent, no needless zero, no minus before zero."""
    return f"{number.normalize() + 0:f}"


def number_of(name: str, value: object, faults: Faults) -> Decimal:
    """A number as an author or a file wrote it; 0, and a fault, where it is none."""
    try:
        number = Decimal(str(value).strip()).normalize()
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or not NUMBER.fullmatch(plain(number)):
        faults[name] = NumberUnreadable()
        return Decimal(0)
    return number


def other_units(value: object, faults: Faults) -> list[Unit]:
    """Units beside that of the key: a mapping or pairs, symbol -> factor, None for another quantity."""
    pairs = list(value.items()) if isinstance(value, Mapping) else value
    if not isinstance(pairs, list | tuple) or not all(isinstance(it, list | tuple) and len(it) == 2 for it in pairs):  # noqa: PLR2004 - a pair
        faults["other_units"] = UnitsUnreadable()
        return []
    found, wrong = [], Faults()
    for symbol, factor in pairs:
        number = None if factor is None else number_of("factor", factor, wrong)
        if not isinstance(symbol, str) or not symbol.strip() or (number is not None and number <= 0):
            wrong["factor"] = UnitsUnreadable()
        else:
            found.append(Unit(symbol.strip(), number))
    if wrong:
        faults["other_units"] = UnitsUnreadable()
    return found


def lines_to_pairs(typed: str) -> list[tuple[str, str | None]]:
    """``mA = 0.001`` a line; a line without the sign is another quantity."""
    pairs: list[tuple[str, str | None]] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        symbol, sign, factor = line.partition("=")
        pairs.append((symbol.strip(), factor.strip() if sign else None))
    return pairs
