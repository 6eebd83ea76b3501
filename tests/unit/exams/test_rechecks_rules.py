"""Numbers as people type them, and a revision only where something changes."""

from decimal import Decimal

import pytest

from exams.rechecks.errors import NothingToRevise, NotNumbers
from exams.rechecks.rules import MarkedAgain, question_numbers, require_change


@pytest.mark.parametrize("typed", ["第三题", "3-5", "-3", "３", "12345", "3, x"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NotNumbers):
        question_numbers(typed)


@pytest.mark.parametrize("typed", ["3,17", "3、17", " 17；3 ", "3 17 3", "3，17"])
def test_numbers_stand_between_commas_of_both_languages(typed):
    assert question_numbers(typed) == {3, 17}


def test_none_is_fine():
    assert question_numbers("  ") == frozenset()


def test_a_result_that_stays_as_it_was_is_no_revision():
    again = MarkedAgain(Decimal(79), passed=False, cancelled=False, weak_points=(), method=1)
    with pytest.raises(NothingToRevise):
        require_change((Decimal(79), False, False), again)
    require_change((Decimal(78), False, False), again)
