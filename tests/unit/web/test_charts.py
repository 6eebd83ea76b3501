from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.frame import charts


@pytest.mark.parametrize(("value", "whole", "said"), [(50, 200, 25), (5, 0, 0), (300, 200, 100), (-1, 10, 0)])
def test_a_share_stays_between_nothing_and_all(value, whole, said):
    assert charts.share(value, whole) == said


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=30))
def test_every_point_lies_inside_and_the_ticks_reach_the_highest(numbers):
    line = charts.line([(str(index), number) for index, number in enumerate(numbers)])
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in line.points)
    assert line.ticks[0].value == 0
    assert line.ticks[-1].value >= max(numbers)
    assert 2 <= len(line.ticks) <= charts.TICKS + 1


def test_ticks_are_round():
    assert [tick.value for tick in charts.line([("a", 2), ("b", 12)]).ticks] == [0, 5, 10, 15]


def test_no_values_make_an_empty_line():
    assert charts.line([]).points == ()


def test_the_highest_value_given_is_reached():
    assert charts.line([("a", Decimal(3))], highest=100).ticks[-1].value == 100
