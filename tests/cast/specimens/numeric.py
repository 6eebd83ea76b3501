from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from question_bank.kinds.numeric.quantities import Unit
from question_bank.kinds.numeric.rules import Quantity

UNFITTING = [
    *(None, "12", 12, ["12", "A"], {}, {"value": "12"}, {"value": 12, "unit": "A"}, {"value": "12", "unit": "furlong"}),
    *({"value": "", "unit": "A"}, {"value": "1e3", "unit": "A"}, {"value": "NaN", "unit": "A"}),
    *({"value": "１２", "unit": "A"}, {"value": "1,5", "unit": "A"}, {"value": "12 ", "unit": "A"}),
    *({"value": "12\n", "unit": "A"}, {"value": "1" * 13, "unit": "A"}, {"value": "1." + "1" * 7, "unit": "A"}),
    *({"value": "12", "unit": ["A"]}, {"value": "12", "unit": "A", "more": 1}),
]
NUMBERS = st.decimals(-(10**9), 10**9, places=3).map(lambda number: number.normalize() + 0)
FACTORS = st.none() | st.sampled_from([Decimal("0.001"), Decimal(1000), Decimal("0.5")])


@st.composite
def _contents(pick):
    symbols = pick(st.lists(st.sampled_from(["A", "mA", "V", "Ω", "kPa"]), unique=True, max_size=4))
    units = tuple(Unit(symbol, pick(FACTORS) if place else Decimal(1)) for place, symbol in enumerate(symbols))
    return Quantity(pick(NUMBERS), abs(pick(NUMBERS)), units)


contents = _contents()


def written(number):
    return {"value": f"{number}.5", "tolerance": "0.1", "unit": "A", "other_units": {"mA": "0.001", "V": None}}


def fitting(shape):
    value = st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True, alphabet="-.0123456789")
    return st.builds(lambda value, unit: {"value": value, "unit": unit}, value, st.sampled_from(shape["units"]))


def rekeyed(content, layout):
    return replace(content, value=content.value + 1, tolerance=content.tolerance + 1), layout
