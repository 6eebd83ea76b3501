"""What a candidate can count on in the exam room."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.attempts.errors import (
    AnswerDoesNotFit,
    AttemptIsOver,
    MinutesOutOfRange,
    NoSuchSeat,
    SeatIsTaken,
    TimeIsUp,
    TooLateToStart,
    TooManySteps,
)
from exams.attempts.rules import (
    GRACE,
    MOST_MINUTES_AT_ONCE,
    MOST_STEPS,
    SILENT_AFTER,
    START_EXPECTED_WITHIN,
    Act,
    Attempt,
    Candidate,
    NoteKind,
    Practical,
    Presence,
    RoomNote,
    Standing,
    State,
    Step,
    Trouble,
    answers,
    check_seat,
    check_start,
    check_step,
    may_take_answers,
    receipt,
    record_digest,
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


# the room

WORKING = Candidate(is_checked_in=True, state=State.OPEN, started_at=START, heard_at=START)


def trouble(candidate: Candidate, now: datetime, opened_at: datetime | None = START) -> tuple[Trouble, ...]:
    return candidate.troubles(opened_at=opened_at, now=now)


def test_a_candidate_goes_from_the_door_to_the_end():
    assert Candidate(is_checked_in=False).presence is Presence.EXPECTED
    assert Candidate(is_checked_in=True).presence is Presence.CHECKED_IN
    assert WORKING.presence is Presence.WORKING
    for state in OVER:
        assert Candidate(is_checked_in=True, state=state).presence == state.value


def test_a_silent_machine_is_seen_after_a_while_only():
    assert trouble(WORKING, START + SILENT_AFTER) == ()
    assert trouble(WORKING, START + SILENT_AFTER + SECOND) == (Trouble.SILENT,)
    never_heard = replace(WORKING, heard_at=None)
    assert trouble(never_heard, START + SILENT_AFTER) == ()
    assert trouble(never_heard, START + SILENT_AFTER + SECOND) == (Trouble.SILENT,)


def test_a_paper_without_a_place_is_no_silent_machine():
    moved = replace(WORKING, is_desk_free=True)
    assert trouble(moved, START + 2 * SILENT_AFTER) == (Trouble.NO_DESK,)


def test_a_breach_comes_before_everything_else():
    found = replace(WORKING, is_breach_proposed=True)
    assert trouble(found, START + 2 * SILENT_AFTER) == (Trouble.BREACH, Trouble.SILENT)


@pytest.mark.parametrize("state", [None, *OVER])
def test_a_breach_is_seen_whatever_the_candidate_has_done(state):
    found = Candidate(is_checked_in=True, state=state, started_at=START, is_breach_proposed=True)
    assert trouble(found, START) == (Trouble.BREACH,)


@pytest.mark.parametrize("state", [None, State.SUBMITTED, State.RUN_OUT, State.ENDED])
def test_who_was_sent_out_has_ended_whether_begun_or_not(state):
    sent_out = Candidate(is_checked_in=True, state=state, is_sent_out=True)
    assert sent_out.presence is Presence.ENDED
    assert trouble(sent_out, START + timedelta(days=1)) == ()


def test_who_is_there_and_does_not_start_is_noticed_once_the_exam_runs():
    waiting = Candidate(is_checked_in=True)
    late = START + START_EXPECTED_WITHIN + SECOND
    assert trouble(waiting, late, opened_at=None) == ()
    assert trouble(waiting, START + START_EXPECTED_WITHIN) == ()
    assert trouble(waiting, late) == (Trouble.NOT_STARTED,)


def test_who_waits_for_the_examiners_of_a_practical_is_in_no_trouble():
    waiting = Candidate(is_checked_in=True, practical=Practical.WAITING)
    assert waiting.presence is Presence.CHECKED_IN
    assert trouble(waiting, START + timedelta(hours=3)) == ()
    assert replace(waiting, practical=Practical.AT_ITEMS).presence is Presence.AT_ITEMS
    assert replace(waiting, practical=Practical.FINISHED).presence is Presence.FINISHED
    assert replace(waiting, practical=Practical.AT_ITEMS, is_sent_out=True).presence is Presence.ENDED


@pytest.mark.parametrize("state", OVER)
def test_who_has_finished_gives_no_trouble(state):
    assert trouble(replace(WORKING, state=state), START + timedelta(days=1)) == ()


def test_nobody_moves_to_a_seat_that_is_taken_or_not_there():
    check_seat(3, seats=[1, 2, 3], taken=[1, 2])
    with pytest.raises(SeatIsTaken):
        check_seat(2, seats=[1, 2, 3], taken=[1, 2])
    with pytest.raises(NoSuchSeat):
        check_seat(4, seats=[1, 2, 3], taken=[])


def test_a_signature_covers_every_word_of_the_record():
    note = RoomNote(START, NoteKind.MOVED, "broken screen", {"from": 1, "to": 2}, UUID(int=1), UUID(int=2))
    changed = [
        replace(note, at=START + SECOND),
        replace(note, kind=NoteKind.INCIDENT),
        replace(note, text="x"),
        replace(note, facts={"from": 1, "to": 3}),
        replace(note, by_person_id=UUID(int=3)),
        replace(note, registration_id=None),
    ]
    assert len({record_digest([it]) for it in (note, *changed)} | {record_digest([note, note])}) == 8


def test_signatures_are_not_covered_so_that_the_second_signs_what_the_first_did():
    note = RoomNote(START, NoteKind.CLOSED, "", {}, UUID(int=1), None)
    assert record_digest([note, replace(note, kind=NoteKind.SIGNED)]) == record_digest([note])
