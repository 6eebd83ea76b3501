"""What a candidate can count on in the exam room."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.attempts.errors import (
    AnswerDoesNotFit,
    AttemptIsOver,
    MinutesOutOfRange,
    TimeIsUp,
    TooLateToStart,
    TooManySteps,
)
from exams.attempts.rules import (
    GRACE,
    MOST_MINUTES_AT_ONCE,
    MOST_STEPS,
    Act,
    Attempt,
    Standing,
    State,
    Step,
    answers,
    check_start,
    check_step,
    may_take_answers,
    receipt,
    standing,
)
from question_bank.kinds.protocol import Answer

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OVER = (State.SUBMITTED, State.RUN_OUT, State.ENDED)


def an_attempt(state: State = State.OPEN) -> Attempt:
    return Attempt(state=state, started_at=START, time_allowed=timedelta(minutes=120))


def step(sequence: int, question: int, answer: Answer, *, flagged: bool = False) -> Step:
    return Step(sequence, question, Act.ANSWER, answer, flagged, sequence * 1000, START + sequence * SECOND)


def test_after_the_grace_nothing_more_counts():
    attempt = an_attempt()
    assert not attempt.may_take_answers(attempt.deadline + GRACE + SECOND)
    with pytest.raises(TimeIsUp):
        attempt.hand_in(attempt.deadline + GRACE + SECOND)


def test_the_last_answer_may_arrive_within_the_grace():
    attempt = an_attempt()
    for moment in (attempt.deadline - SECOND, attempt.deadline, attempt.deadline + GRACE):
        assert may_take_answers(attempt, moment)
        assert attempt.may_take_answers(moment)
        assert attempt.hand_in(moment).state is State.SUBMITTED


@pytest.mark.parametrize("state", OVER)
def test_an_attempt_that_is_over_takes_no_answer_and_is_not_handed_in_again(state):
    assert not an_attempt(state).may_take_answers(START)
    with pytest.raises(AttemptIsOver):
        an_attempt(state).hand_in(START)


def test_the_server_hands_in_only_after_the_grace():
    attempt = an_attempt()
    assert attempt.run_out(attempt.deadline + GRACE).state is State.OPEN
    assert attempt.run_out(attempt.deadline + GRACE + SECOND).state is State.RUN_OUT


def test_what_was_handed_in_does_not_run_out_later():
    attempt = an_attempt(State.SUBMITTED)
    assert attempt.run_out(attempt.deadline + timedelta(days=1)).state is State.SUBMITTED


def test_time_that_was_given_moves_the_deadline():
    attempt = an_attempt()
    assert attempt.give_time(5, START).give_time(3, START).deadline == attempt.deadline + timedelta(minutes=8)


@pytest.mark.parametrize("minutes", [0, -1, MOST_MINUTES_AT_ONCE + 1])
def test_no_time_is_taken_away_and_no_hours_are_given(minutes):
    with pytest.raises(MinutesOutOfRange):
        an_attempt().give_time(minutes, START)


def test_time_is_given_until_the_server_hands_in():
    attempt = an_attempt()
    assert attempt.give_time(5, attempt.deadline + GRACE).deadline > attempt.deadline
    with pytest.raises(TimeIsUp):
        attempt.give_time(5, attempt.deadline + GRACE + SECOND)


@pytest.mark.parametrize("state", OVER)
def test_no_time_is_given_and_no_breach_found_after_the_end(state):
    with pytest.raises(AttemptIsOver):
        an_attempt(state).give_time(5, START)
    with pytest.raises(AttemptIsOver):
        an_attempt(state).end()


@pytest.mark.parametrize("early", [timedelta(minutes=-15), timedelta(), timedelta(minutes=20)])
def test_nobody_starts_too_late_unless_let_in(early):
    """`early` is when the sitting was really opened, counted from its planned start."""
    door = {"starts_at": START, "opened_at": START + early, "late_entry": timedelta(minutes=30)}
    last = START + max(early, timedelta()) + timedelta(minutes=30)
    check_start(**door, now=last, is_let_in=False)
    with pytest.raises(TooLateToStart):
        check_start(**door, now=last + SECOND, is_let_in=False)
    check_start(**door, now=last + SECOND, is_let_in=True)


SHAPES = [
    {"kind": "true_false"},
    {"kind": "single_choice", "letters": "ABCD"},
    {"kind": "multiple_choice", "letters": "ABCDE"},
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [(0, True), (4, "A"), (1, "A"), (1, "T"), (2, "E"), (2, "AB"), (2, ["A"]), (3, ["A", "A"]), (2, "a"), (3, "ACE")],
)
def test_an_answer_that_the_question_does_not_have_is_refused(question, answer):
    with pytest.raises(AnswerDoesNotFit):
        check_step(SHAPES, step(1, question, answer))


@pytest.mark.parametrize(("question", "answer"), [(1, True), (1, None), (2, "D"), (3, ["A", "C", "E"]), (3, ["B"])])
def test_an_answer_that_the_question_has_is_taken(question, answer):
    check_step(SHAPES, step(1, question, answer))


def test_a_look_answers_and_flags_nothing():
    look = replace(step(1, 2, None), act=Act.LOOK)
    check_step(SHAPES, look)
    for wrong in (replace(look, answer="A"), replace(look, flagged=True), replace(look, question=4)):
        with pytest.raises(AnswerDoesNotFit):
            check_step(SHAPES, wrong)


def test_nobodys_hands_reach_so_many_steps():
    check_step(SHAPES, step(MOST_STEPS, 1, True))
    with pytest.raises(TooManySteps):
        check_step(SHAPES, step(MOST_STEPS + 1, 1, True))


def test_the_last_word_about_a_question_counts():
    steps = [step(1, 1, True), step(2, 1, False), step(3, 2, "A"), step(4, 2, None, flagged=True)]
    assert standing(steps) == {1: Standing(False, flagged=False), 2: Standing(None, flagged=True)}
    assert answers(steps) == {1: False}


def test_a_look_leaves_a_question_as_it_stood():
    steps = [step(1, 2, "A"), replace(step(2, 2, None), act=Act.LOOK), replace(step(3, 1, None), act=Act.LOOK)]
    assert standing(steps) == {2: Standing("A", flagged=False)}
    assert answers(steps) == {2: "A"}


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from([None, "A", "B"])), max_size=30), st.randoms())
def test_the_order_in_which_steps_arrive_does_not_matter(acts, shuffler):
    steps = [step(number, question, answer) for number, (question, answer) in enumerate(acts, start=1)]
    arrived = list(steps)
    shuffler.shuffle(arrived)
    assert standing(arrived) == standing(steps)
    assert receipt(arrived) == receipt(steps)


def test_a_changed_step_changes_the_receipt():
    one = step(1, 1, "A")
    changes: list[dict[str, Any]] = [
        {"answer": "B"},
        {"flagged": True},
        {"page_ms": 1},
        {"act": Act.LOOK},
        {"question": 2},
    ]
    assert len({receipt([one]), *(receipt([replace(one, **change)]) for change in changes)}) == 6
