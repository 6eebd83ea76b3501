"""What a candidate can count on in the exam room."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.attempts.errors import AnswerDoesNotFit, AttemptIsOver, TimeIsUp, TooLateToStart
from exams.attempts.rules import (
    ADMITTED_UNTIL,
    GRACE,
    Attempt,
    Shape,
    Standing,
    State,
    Step,
    answers,
    check_answer,
    check_start,
    receipt,
    standing,
)

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OVER = (State.SUBMITTED, State.RUN_OUT, State.ENDED)


def an_attempt(state: State = State.OPEN) -> Attempt:
    return Attempt(state=state, started_at=START, time_allowed=timedelta(minutes=120))


def step(sequence: int, question: int, answer: str, *, flagged: bool = False) -> Step:
    return Step(sequence, question, answer, flagged, START + sequence * SECOND)


def test_after_the_grace_nothing_more_counts():
    attempt = an_attempt()
    assert not attempt.may_take_answers(attempt.deadline + GRACE + SECOND)
    with pytest.raises(TimeIsUp):
        attempt.hand_in(attempt.deadline + GRACE + SECOND)


def test_the_last_answer_may_arrive_within_the_grace():
    attempt = an_attempt()
    for moment in (attempt.deadline - SECOND, attempt.deadline, attempt.deadline + GRACE):
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
    assert attempt.give_time(5).give_time(3).deadline == attempt.deadline + timedelta(minutes=8)


@pytest.mark.parametrize("state", OVER)
def test_no_time_is_given_and_no_breach_found_after_the_end(state):
    with pytest.raises(AttemptIsOver):
        an_attempt(state).give_time(5)
    with pytest.raises(AttemptIsOver):
        an_attempt(state).end()


def test_nobody_starts_too_late_unless_let_in():
    too_late = START + ADMITTED_UNTIL + SECOND
    with pytest.raises(TooLateToStart):
        check_start(sitting_opened_at=START, now=too_late, let_in=False)
    check_start(sitting_opened_at=START, now=too_late, let_in=True)
    check_start(sitting_opened_at=START, now=START + ADMITTED_UNTIL, let_in=False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [(0, "T"), (4, "A"), (1, "A"), (1, "TF"), (2, "E"), (2, "AB"), (3, "BA"), (3, "AA"), (2, "a")],
)
def test_an_answer_that_the_question_does_not_have_is_refused(question, answer):
    with pytest.raises(AnswerDoesNotFit):
        check_answer(["TF", "ABCD", "ABCDE+"], question, answer)


@pytest.mark.parametrize(("question", "answer"), [(1, "T"), (1, ""), (2, "D"), (3, "ACE"), (3, "B")])
def test_an_answer_that_the_question_has_is_taken(question, answer):
    check_answer(["TF", "ABCD", "ABCDE+"], question, answer)


def test_a_shape_survives_being_written_down():
    for shape in (Shape("TF", several=False), Shape("ABCDE", several=True)):
        assert Shape.of(shape.code) == shape


def test_the_last_word_about_a_question_counts():
    steps = [step(1, 1, "T"), step(2, 1, "F"), step(3, 2, "A"), step(4, 2, "", flagged=True)]
    assert standing(steps) == {1: Standing("F", flagged=False), 2: Standing("", flagged=True)}
    assert answers(steps) == {1: frozenset("F")}


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", "A", "B"])), max_size=30), st.randoms())
def test_the_order_in_which_steps_arrive_does_not_matter(acts, shuffler):
    steps = [step(number, question, answer) for number, (question, answer) in enumerate(acts, start=1)]
    arrived = list(steps)
    shuffler.shuffle(arrived)
    assert standing(arrived) == standing(steps)
    assert receipt(arrived) == receipt(steps)


def test_a_changed_step_changes_the_receipt():
    assert receipt([step(1, 1, "T")]) != receipt([step(1, 1, "F")])
