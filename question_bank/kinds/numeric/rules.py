"""The rules of numeric questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import Any

from kernel.chance import Chance
from kernel.errors import N_
from question_bank.kinds.numeric.errors import ToleranceNegative, UnitMissing, UnitRepeated, UnitsTooMany
from question_bank.kinds.numeric.quantities import NUMBER, Unit, lines_to_pairs, number_of, other_units, plain
from question_bank.kinds.protocol import (
    NOTHING,
    WHOLE,
    Answer,
    Explanation,
    Fault,
    Faults,
    Kind,
    Layout,
    Saying,
    Shape,
    Shown,
    check_format,
)
from question_bank.kinds.texts import text_faults, text_of

MOST_OTHERS = 5
MOST_CHARACTERS = 20  # of a unit
RIGHT = N_("Right: %(value)s %(unit)s, up to %(tolerance)s more or less")
GIVEN = N_("Answered: %(value)s %(unit)s")


@dataclass(frozen=True, slots=True)
class Quantity:
    """The right value in the first of `units`, and how far an answer may be off on either side, in the same unit.

    `units` is empty where the answer is a bare number.
    """

    value: Decimal = field(repr=False)
    tolerance: Decimal = field(repr=False)
    units: tuple[Unit, ...] = field(repr=False)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The units offered; the one empty unit of a bare number."""
        return tuple(unit.symbol for unit in self.units) or ("",)


class Numeric(Kind[Quantity]):
    code = "numeric"
    names = {"zh": "计算题", "en": "Numeric"}  # noqa: RUF012 - nobody writes to it
    remark = N_("A number with its unit, right within a tolerance")
    format = 1
    method = 1

    def take(self, written: Mapping[str, Any], faults: Faults) -> Quantity:
        unit = text_of("unit", written.get("unit"), faults)
        others = other_units(written.get("other_units") or [], faults)
        return Quantity(
            number_of("value", written.get("value"), faults),
            number_of("tolerance", written.get("tolerance", 0), faults),
            (Unit(unit, Decimal(1)), *others) if unit or others else (),
        )

    def faults(self, content: Quantity) -> Iterator[Fault]:
        if content.tolerance < 0:
            yield "tolerance", ToleranceNegative()
        if content.units and not content.units[0].symbol:
            yield "unit", UnitMissing()
        for place, unit in enumerate(content.units):
            name = "other_units" if place else "unit"
            if unit.symbol:
                yield from text_faults(name, unit.symbol, MOST_CHARACTERS)
        for one, other in combinations(content.symbols, 2):
            if one == other:
                yield "other_units", UnitRepeated(unit=one)
        if len(content.units) > MOST_OTHERS + 1:
            yield "other_units", UnitsTooMany(most=MOST_OTHERS)

    def from_form(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        simple = {name: str(typed.get(name, "")).strip() for name in ("value", "tolerance", "unit")}
        return simple | {"other_units": lines_to_pairs(str(typed.get("other_units", "")))}

    def to_form(self, content: Quantity) -> dict[str, Any]:
        others = [
            f"{it.symbol} = {plain(it.factor)}" if it.factor is not None else it.symbol for it in content.units[1:]
        ]
        return {
            "value": plain(content.value),
            "tolerance": plain(content.tolerance),
            "unit": content.symbols[0],
            "other_units": "\n".join(others),
        }

    def write(self, content: Quantity) -> dict[str, Any]:
        units = [[it.symbol, None if it.factor is None else plain(it.factor)] for it in content.units]
        return {
            "format": self.format,
            "value": plain(content.value),
            "tolerance": plain(content.tolerance),
            "units": units,
        }

    def read(self, fields: Mapping[str, Any]) -> Quantity:
        check_format(self, fields)
        units = tuple(Unit(symbol, None if factor is None else Decimal(factor)) for symbol, factor in fields["units"])
        return Quantity(Decimal(fields["value"]), Decimal(fields["tolerance"]), units)

    def texts(self, _content: Quantity) -> dict[str, str]:
        """None: signs of units are the same in every language."""
        return {}

    def say(self, content: Quantity, _texts: Mapping[str, str]) -> Quantity:
        return content

    def lay_out(self, content: Quantity, chance: Chance) -> Layout:
        """The places of the units in the order shown: the right one is not always the first."""
        return {"order": chance.shuffled(range(len(content.units)))}

    def in_bank_order(self, content: Quantity) -> Layout:
        return {"order": list(range(len(content.units)))}

    def show(self, content: Quantity, layout: Layout) -> Shown:
        return {"units": [content.units[place].symbol for place in layout["order"]]}

    def shape(self, content: Quantity) -> Shape:
        return {"units": sorted(content.symbols)}

    def fits(self, shape: Shape, answer: Answer) -> bool:
        return _is_quantity(answer) and answer["unit"] in shape["units"]

    def right(self, content: Quantity, _layout: Layout) -> Answer:
        return {"value": plain(content.value), "unit": content.symbols[0]}

    def fraction(self, content: Quantity, _layout: Layout, answer: Answer) -> Decimal:
        """All within the tolerance, its bounds included; nothing beyond, nor in a unit of another quantity."""
        if not _is_quantity(answer) or answer["unit"] not in content.symbols:
            return NOTHING
        factors = {unit.symbol: unit.factor for unit in content.units} or {"": WHOLE}
        factor = factors[answer["unit"]]
        if factor is None:
            return NOTHING
        return WHOLE if abs(Decimal(answer["value"]) * factor - content.value) <= content.tolerance else NOTHING

    def explain(self, content: Quantity, _layout: Layout, answer: Answer) -> Explanation:
        right = {"value": plain(content.value), "unit": content.symbols[0], "tolerance": plain(content.tolerance)}
        given = (Saying(GIVEN, {name: answer[name] for name in ("value", "unit")}),) if _is_quantity(answer) else ()
        return Explanation(right=(Saying(RIGHT, right),), given=given)


def _is_quantity(answer: Answer) -> bool:
    is_pair = isinstance(answer, dict) and answer.keys() == {"value", "unit"}
    is_text = is_pair and isinstance(answer["value"], str) and isinstance(answer["unit"], str)
    return is_text and NUMBER.fullmatch(answer["value"]) is not None
