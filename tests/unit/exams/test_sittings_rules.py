"""The steps of a sitting, their order and times, and lots."""

from datetime import UTC, datetime, timedelta

import pytest

from exams.sittings.errors import (
    NeverOpened,
    NobodySeated,
    OffAlready,
    OpenedAlready,
    PapersMissing,
    ReleasedAlready,
    StaffMissing,
    StaffNotThere,
    StepOutOfOrder,
    TooEarlyForDuty,
    TooEarlyToOpen,
    TooLateToOpen,
)
from exams.sittings.rules import OFF, HouseRules, Sitting, State, reason_for_candidates, seat_order, shuffled
from exams.standards.rules import Part
from kernel.because import ReasonMissing

START = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
HOUSE = HouseRules(timedelta(minutes=30), timedelta(minutes=15), timedelta(minutes=60))


def sitting(state: State) -> Sitting:
    return Sitting(state, Part.THEORY, START, invigilators=2, examiners=0)


STEPS = {
    State.PLANNED: lambda it: it.confirm(seated=1, invigilators=2, examiners=0),
    State.CONFIRMED: lambda it: it.draw(),
    State.DRAWN: lambda it: it.open(now=START, house=HOUSE, present=2, without_paper=0),
    State.OPEN: lambda it: it.close(),
    State.CLOSED: lambda it: it.release(),
}


def test_the_steps_lead_from_planning_to_release():
    state = State.PLANNED
    for step in STEPS.values():
        state = step(sitting(state))
    assert state is State.RELEASED


@pytest.mark.parametrize("belongs_to", STEPS)
def test_a_step_out_of_order_is_refused(belongs_to):
    for state in set(State) - {belongs_to}:
        with pytest.raises(StepOutOfOrder):
            STEPS[belongs_to](sitting(state))


def test_an_empty_sitting_is_not_confirmed():
    with pytest.raises(NobodySeated):
        sitting(State.PLANNED).confirm(seated=0, invigilators=2, examiners=0)


def test_staff_must_be_complete_for_confirmation():
    with pytest.raises(StaffMissing, match="2 people"):
        sitting(State.PLANNED).confirm(seated=3, invigilators=1, examiners=0)
    practical = Sitting(State.PLANNED, Part.PRACTICAL, START, invigilators=1, examiners=2)
    with pytest.raises(StaffMissing):
        practical.confirm(seated=3, invigilators=1, examiners=1)
    assert practical.confirm(seated=3, invigilators=1, examiners=2) is State.CONFIRMED


@pytest.mark.parametrize(
    ("minutes", "problem"),
    [(-15.1, TooEarlyToOpen), (-15, None), (0, None), (60, None), (60.1, TooLateToOpen)],
)
def test_a_sitting_opens_in_its_window(minutes, problem):
    now = START + timedelta(minutes=minutes)
    if problem is None:
        assert sitting(State.DRAWN).open(now=now, house=HOUSE, present=2, without_paper=0) is State.OPEN
    else:
        with pytest.raises(problem):
            sitting(State.DRAWN).open(now=now, house=HOUSE, present=2, without_paper=0)


def test_it_does_not_open_without_papers_or_invigilators():
    with pytest.raises(PapersMissing):
        sitting(State.DRAWN).open(now=START, house=HOUSE, present=2, without_paper=1)
    with pytest.raises(StaffNotThere):
        sitting(State.DRAWN).open(now=START, house=HOUSE, present=1, without_paper=0)


def test_staff_take_up_duty_half_an_hour_before():
    sitting(State.DRAWN).require_duty_time(START - timedelta(minutes=30), HOUSE)
    with pytest.raises(TooEarlyForDuty):
        sitting(State.DRAWN).require_duty_time(START - timedelta(minutes=31), HOUSE)
    with pytest.raises(StepOutOfOrder):
        sitting(State.PLANNED).require_duty_time(START, HOUSE)


def test_a_lot_can_be_drawn_again_and_keeps_everything():
    once = shuffled(range(1, 31), 7)
    assert once == shuffled(range(1, 31), 7)
    assert sorted(once) == list(range(1, 31))
    assert once != shuffled(range(1, 31), 8)


def test_the_first_places_of_a_known_lot_do_not_change_under_us():
    assert shuffled(range(1, 11), 20260601) == KNOWN


KNOWN = [10, 8, 7, 9, 4, 6, 2, 1, 5, 3]


def test_seats_are_given_by_lot_or_in_order():
    assert seat_order([3, 1, 2], None) == [1, 2, 3]
    assert sorted(seat_order([3, 1, 2], 5)) == [1, 2, 3]
    assert seat_order([3, 1, 2], 5) == seat_order([2, 3, 1], 5)


@pytest.mark.parametrize("state", State)
def test_a_sitting_is_called_off_before_it_opens_and_annulled_after_it_but_never_once_results_are_out(state):
    for deed, before in (
        (Sitting.call_off, {State.PLANNED, State.CONFIRMED, State.DRAWN}),
        (Sitting.annul, {State.OPEN, State.CLOSED}),
    ):
        if state in before:
            assert deed(sitting(state)) in OFF
        else:
            with pytest.raises((OpenedAlready, NeverOpened, OffAlready, ReleasedAlready)):
                deed(sitting(state))


def test_candidates_get_a_reason_that_says_something():
    assert reason_for_candidates("  考点停电 ") == "考点停电"
    for reason in ("", "   ", "停电 "):
        with pytest.raises(ReasonMissing):
            reason_for_candidates(reason)
