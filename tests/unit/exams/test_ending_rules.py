"""What the exam office may end, and what an unfinished item is worth."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from exams.practicals.errors import (
    ExaminersOweSignatures,
    NotForThoseInvolved,
    PracticalIsOver,
)
from exams.practicals.rules import (
    Ending,
    ItemOutcome,
    outcome,
    outcome_digest,
    require_candidates_fault,
    require_ending_reason,
    require_going_on,
    require_uninvolved,
    unfinished,
)
from kernel.because import ReasonMissing
from tests.cast.practical_sheets import low_voltage, scored


def test_what_is_over_is_not_ended():
    require_going_on(is_over=False)
    with pytest.raises(PracticalIsOver):
        require_going_on(is_over=True)


def test_nobody_involved_and_nobody_unknown_ends_a_practical():
    examiner, officer = uuid4(), uuid4()
    require_uninvolved(officer, {examiner})
    for by in (examiner, None):
        with pytest.raises(NotForThoseInvolved):
            require_uninvolved(by, {examiner})


@pytest.mark.parametrize("reason", ["", "   ", "考生离开了考场", " 九个字还是太短了啊 "])
def test_a_reason_that_says_too_little_is_refused_at_its_field(reason):
    with pytest.raises(ReasonMissing) as refused:
        require_ending_reason(reason)
    assert "reason" in refused.value.fields


def test_a_reason_of_ten_characters_is_kept_trimmed():
    assert require_ending_reason("  考生中途离场未再返回  ") == "考生中途离场未再返回"


def test_what_the_examiners_owe_is_never_given_up_and_may_be_void():
    require_candidates_fault(Ending.GIVEN_UP, [])
    require_candidates_fault(Ending.VOIDED, ["K11"])
    with pytest.raises(ExaminersOweSignatures):
        require_candidates_fault(Ending.GIVEN_UP, ["K11"])


def test_an_unfinished_item_is_zero_and_a_struck_veto_item_still_fails_the_whole():
    full = scored(K1=100, K2=100, K3=100)
    left = outcome(low_voltage(), {**full, "K4": unfinished(is_vetoed=False)})
    assert (left.total, left.is_passed) == (Decimal("80.00"), True)  # as a refused signature under K4 would be
    struck = outcome(low_voltage(), {**full, "K4": unfinished(is_vetoed=True)})
    assert (struck.total, struck.is_vetoed, struck.is_passed) == (Decimal("80.00"), True, False)
    assert unfinished(is_vetoed=False) == ItemOutcome(Decimal(0), is_given_up=True)


def test_the_digest_of_an_outcome_changes_with_every_part_and_not_with_trailing_zeros():
    whole: dict[str, Any] = {"is_vetoed": False, "is_passed": True, "content": {"format": 1, "salt": "a"}}
    told = outcome_digest(Decimal(80), Decimal(80), **whole)
    assert told == outcome_digest(Decimal("80.00"), Decimal("80.0"), **whole)
    changes: tuple[dict[str, Any], ...] = (
        {"is_vetoed": True},
        {"is_passed": False},
        {"content": {"format": 1, "salt": "b"}},
    )
    for changed in changes:
        assert outcome_digest(Decimal(80), Decimal(80), **(whole | changed)) != told
    assert outcome_digest(Decimal("80.01"), Decimal(80), **whole) != told
