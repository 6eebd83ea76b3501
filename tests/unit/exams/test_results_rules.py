"""When a result holds together, how long it counts, until when it may be doubted."""

from datetime import date
from decimal import Decimal

import pytest

from exams.results.errors import (
    RecheckTooLate,
    ResultContradictsItself,
    ResultOutOfRange,
)
from exams.results.rules import counts_until, require_answer, require_coherent, require_recheck
from kernel.because import ReasonMissing

EIGHTY = Decimal(80)


def test_a_pass_below_the_mark_is_refused():
    require_coherent(score=EIGHTY, pass_mark=EIGHTY, passed=True)
    with pytest.raises(ResultContradictsItself):
        require_coherent(score=Decimal("79.99"), pass_mark=EIGHTY, passed=True)


def test_a_veto_item_may_fail_a_high_score():
    require_coherent(score=Decimal(95), pass_mark=EIGHTY, passed=False)


@pytest.mark.parametrize("score", [Decimal("-0.01"), Decimal("100.01")])
def test_a_score_lies_between_nothing_and_everything(score):
    with pytest.raises(ResultOutOfRange):
        require_coherent(score=score, pass_mark=EIGHTY, passed=False)


def test_a_pass_counts_for_twelve_months_and_a_fail_for_none():
    assert counts_until(date(2026, 6, 10), 12, passed=True) == date(2027, 6, 10)
    assert counts_until(date(2026, 6, 10), 12, passed=False) is None


def test_a_recheck_is_asked_for_in_time_and_with_a_reason():
    released = date(2026, 6, 12)
    assert (
        require_recheck(released_on=released, today=date(2026, 6, 27), days=15, reason=" 第3题有疑问 ") == "第3题有疑问"
    )
    with pytest.raises(RecheckTooLate):
        require_recheck(released_on=released, today=date(2026, 6, 28), days=15, reason="第3题有疑问")
    with pytest.raises(ReasonMissing):
        require_recheck(released_on=released, today=released, days=15, reason="  ?  ")


def test_an_answer_says_something():
    assert require_answer(" 复核无误。 ") == "复核无误。"
    with pytest.raises(ReasonMissing):
        require_answer(" ok ")
