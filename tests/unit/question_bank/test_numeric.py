"""A number is right within its tolerance, whatever unit of the same quantity it is given in."""

from decimal import Decimal

import pytest

from question_bank.kinds.numeric import KIND
from question_bank.kinds.numeric.errors import (
    NumberUnreadable,
    ToleranceNegative,
    UnitMissing,
    UnitRepeated,
    UnitsTooMany,
    UnitsUnreadable,
)
from question_bank.kinds.protocol import Faults

CURRENT = {"value": "4.5", "tolerance": "0.1", "unit": "A", "other_units": {"mA": "0.001", "V": None}}


def content_of(**changes):
    faults: Faults = {}
    content = KIND.take(CURRENT | changes, faults)
    return content, {name: type(fault) for name, fault in (faults | dict(KIND.faults(content))).items()}


@pytest.mark.parametrize(
    ("value", "unit", "earned"),
    [
        *(("4.5", "A", 1), ("4.4", "A", 1), ("4.6", "A", 1), ("4.399999", "A", 0), ("4.600001", "A", 0)),
        *(("4500", "mA", 1), ("4400", "mA", 1), ("4399", "mA", 0), ("4.5", "mA", 0), ("4500", "A", 0)),
        *(("4.5", "V", 0), ("004.50", "A", 1), ("-4.5", "A", 0)),
    ],
)
def test_an_answer_earns_all_within_the_tolerance_and_nothing_beyond(value, unit, earned):
    content, faults = content_of()
    assert faults == {}
    assert KIND.fraction(content, {}, {"value": value, "unit": unit}) == earned


def test_a_bare_number_has_no_unit():
    content, faults = content_of(unit="", other_units=None)
    assert faults == {}
    assert KIND.show(content, KIND.in_bank_order(content)) == {"units": []}
    assert KIND.fraction(content, {}, {"value": "4.5", "unit": ""}) == 1
    assert not KIND.fits(KIND.shape(content), {"value": "4.5", "unit": "A"})


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"value": ""}, {"value": NumberUnreadable}),
        ({"value": None}, {"value": NumberUnreadable}),
        ({"value": True}, {"value": NumberUnreadable}),
        ({"value": "NaN"}, {"value": NumberUnreadable}),
        ({"value": "1e999999"}, {"value": NumberUnreadable}),
        ({"value": "0.0000001"}, {"value": NumberUnreadable}),
        ({"tolerance": "-0.1"}, {"tolerance": ToleranceNegative}),
        ({"tolerance": "little"}, {"tolerance": NumberUnreadable}),
        ({"unit": ""}, {"unit": UnitMissing}),
        ({"other_units": "mA"}, {"other_units": UnitsUnreadable}),
        ({"other_units": {"mA": "0"}}, {"other_units": UnitsUnreadable}),
        ({"other_units": {"mA": "x"}}, {"other_units": UnitsUnreadable}),
        ({"other_units": {7: None}}, {"other_units": UnitsUnreadable}),
        ({"other_units": [["A", "1"]]}, {"other_units": UnitRepeated}),
        ({"other_units": dict.fromkeys("BCDEFG")}, {"other_units": UnitsTooMany}),
    ],
)
def test_a_fault_is_named_at_its_field(changes, faults):
    assert content_of(**changes)[1] == faults


def test_a_tolerance_that_is_not_given_is_none():
    written = {name: value for name, value in CURRENT.items() if name != "tolerance"}
    assert KIND.take(written, {}).tolerance == Decimal(0)


def test_the_form_takes_one_unit_a_line():
    typed = {"value": " 4.5 ", "tolerance": "0.1", "unit": "A", "other_units": "mA = 0.001\r\n\r\n V \n"}
    assert KIND.take(KIND.from_form(typed), {}) == content_of()[0]
