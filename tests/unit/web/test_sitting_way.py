"""The way of a sitting as the exam office reads it: what is done, what is next, what was stopped."""

import pytest

from exams.sittings.rules import State
from web.exams.exam_office.board import STEP_NAMES, way


def steps(reached, *, is_off=False, is_seated=True, is_staffed=True):
    said = way(reached, is_off=is_off, is_seated=is_seated, is_staffed=is_staffed)
    assert tuple(said) == STEP_NAMES
    return " ".join(said.values())


@pytest.mark.parametrize(
    ("is_seated", "is_staffed", "said"),
    [
        (False, False, "current todo todo"),
        (True, False, "done current todo"),
        (False, True, "current done todo"),
        (True, True, "done done current"),
    ],
)
def test_seats_and_staff_are_given_in_any_order_and_confirmed_after_both(is_seated, is_staffed, said):
    assert steps(State.PLANNED, is_seated=is_seated, is_staffed=is_staffed) == f"{said} todo todo todo todo"


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (State.CONFIRMED, "current todo todo todo"),
        (State.DRAWN, "done current todo todo"),
        (State.OPEN, "done done current todo"),
        (State.CLOSED, "done done done current"),
        (State.RELEASED, "done done done done"),
    ],
)
def test_after_the_confirmation_nobody_is_asked_for_seats_or_staff_again(reached, said):
    """Somebody may be relieved later: the step was done all the same."""
    assert steps(reached, is_staffed=False) == f"done done done {said}"


def test_a_sitting_that_was_called_off_stands_still_where_it_was():
    assert (
        steps(State.PLANNED, is_off=True, is_seated=False, is_staffed=False) == "stopped todo todo todo todo todo todo"
    )
    assert steps(State.DRAWN, is_off=True) == "done done done done stopped todo todo"
