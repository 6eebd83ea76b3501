"""The dated rules themselves: every day is covered once, and every figure says where it comes from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.programmes.queries import bans, programmes, validity_regimes
from certification.programmes.rules import in_force, plus_years
from exams.standards.rules import plus_months
from kernel.law import Figure

POSITIONS = ("principal", "safety_manager", "special_operation")


@given(st.dates(date(2012, 3, 1), date(2099, 12, 31)), st.sampled_from(POSITIONS))
def test_every_day_has_exactly_one_rule(day, position):
    regimes = [rule for rule in validity_regimes() if position in rule.positions and rule.is_in_force(day)]
    assert regimes == [in_force(validity_regimes(), position, day)]
    covering = [rule for rule in programmes() if position in rule.positions and rule.is_in_force(day)]
    assert covering == [in_force(programmes(), position, day)]


def test_every_figure_names_its_source():
    for rule in (*validity_regimes(), *programmes()):
        for holder in filter(None, [rule, getattr(rule, "review", None)]):
            figures = [getattr(holder, name) for name in holder.__slots__]
            assert all(figure.source for figure in figures if isinstance(figure, Figure))


def test_fraud_bars_for_three_years():
    assert bans()["fraud_or_bribery"].years == 3


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
    ],
)
def test_months_end_where_the_month_ends(day, months, expected):
    assert plus_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_years_later_it_is_the_same_day_or_the_one_before(day, years):
    later = plus_years(day, years)
    assert later.year == day.year + years
    assert (later.month, later.day) in {(day.month, day.day), (2, 28)}
