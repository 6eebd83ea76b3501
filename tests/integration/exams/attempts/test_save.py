"""Answers on their way: kept once, while it is allowed, from the one place where the paper is open."""

import json
import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from psycopg import sql
from sqlalchemy import create_engine, text

from exams.arrivals import queries as arrivals
from exams.attempts import queries
from exams.attempts.errors import (
    AnswerDoesNotFit,
    AttemptIsOver,
    NoSuchAttempt,
    OpenElsewhere,
    OutOfStep,
    SessionIsOver,
    TimeIsUp,
    TooManySteps,
)
from exams.attempts.rules import GRACE, MOST_STEPS, Act, Standing, State, standing
from exams.invigilation.actions.supervising import give_time, move
from kernel.faces import Face
from people.accounts.actions import sign_out
from tests.cast.exam_room import SECOND, Page
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until

FORBIDDEN_NAMES = {"key", "keys", "right", "correct", "reason", "explanation", "version", "order", "point", "source"}


def names_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


# who may not


def test_a_stranger_saves_nothing_into_an_attempt(sheet, other):
    stranger = replace(sheet, who=other)
    with pytest.raises(NoSuchAttempt):
        stranger.save((1, 1, True))
    with pytest.raises(NoSuchAttempt):
        stranger.hear()
    with pytest.raises(NoSuchAttempt):
        stranger.take()
    assert sheet.steps == []


def test_there_is_no_such_attempt(sheet):
    with pytest.raises(NoSuchAttempt):
        replace(sheet, attempt_id=uuid4()).save((1, 1, True))


def test_who_is_signed_out_saves_nothing(sheet):
    with sheet.day.workplace.transaction(sheet.who.actor, Face.EXAMINATION) as work:
        sign_out(work, token=sheet.who.token)
    with pytest.raises(SessionIsOver):
        sheet.save((1, 1, True))
    assert sheet.steps == []


@pytest.mark.parametrize(("question", "answer"), [(1, "A"), (1, "T"), (71, ["A"]), (71, "E"), (101, "A"), (0, True)])
def test_an_answer_that_the_paper_does_not_have_is_refused_with_all_that_came_with_it(sheet, question, answer):
    with pytest.raises(AnswerDoesNotFit):
        sheet.save((1, 2, True), (2, question, answer))
    assert sheet.steps == []


# who may


def test_what_was_answered_stands(sheet):
    sheet.save((1, 1, True))
    sheet.save((2, 71, "C"), (3, 1, False))
    sheet.save((4, 71, None), flagged=True)
    assert standing(sheet.steps) == {1: Standing(False, flagged=False), 71: Standing(None, flagged=True)}


def test_the_same_answers_again_are_the_same_answers(sheet):
    acts = ((1, 1, True), (2, 2, False))
    first = sheet.save(*acts)
    before = sheet.steps
    assert sheet.save(*acts) == first
    assert sheet.save(*acts, (3, 3, True)) == first
    assert sheet.steps[:2] == before
    assert len(sheet.steps) == 3


def test_nothing_is_confirmed_that_is_not_kept(sheet):
    sheet.save((1, 1, True), (2, 2, True))
    for acts in [((2, 2, False),), ((2, 3, True),), ((2, 2, False), (3, 3, True))]:
        with pytest.raises(OutOfStep):
            sheet.save(*acts)
    with pytest.raises(OutOfStep):
        sheet.save((2, 2, True), flagged=True)
    assert [(step.sequence, step.question, step.answer) for step in sheet.steps] == [(1, 1, True), (2, 2, True)]


def test_acts_of_two_minutes_without_network_arrive_together_and_in_order(sheet):
    sheet.save((1, 1, True))
    offline = [(number, number % 70 + 1, number % 2 == 0) for number in range(2, 52)]
    sheet.save(*offline)
    sheet.save(*offline)
    assert [step.sequence for step in sheet.steps] == list(range(1, 52))


def fill(sheet, machine, first, last):
    """Steps of a program, which came one by one."""
    engine = create_engine(machine.owner_url())
    with engine.begin() as connection:
        kept = "INSERT INTO exams.attempt_steps SELECT :attempt, n, 1, 'answer', 'true', false, n, now()"
        values = {"attempt": sheet.attempt_id, "first": first, "last": last}
        connection.execute(text(f"{kept} FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n"), values)
    engine.dispose()


def test_no_hand_is_quick_enough_to_be_shut_out_and_a_program_is_told_what_happens_now(sheet, machine):
    sheet.save((1, 1, True))
    fill(sheet, machine, 2, MOST_STEPS - 1)
    sheet.save((MOST_STEPS, 2, True))
    with pytest.raises(TooManySteps, match="handed in at the end"):
        sheet.save((MOST_STEPS + 1, 3, True))
    sheet.hand_in()
    assert standing(sheet.steps) == {1: Standing(True, flagged=False), 2: Standing(True, flagged=False)}


def test_the_last_answer_arrives_within_the_grace_and_not_later(sheet):
    deadline = sheet.row.deadline
    assert sheet.save((1, 1, True), at=deadline) == deadline
    assert sheet.save((2, 2, True), at=deadline + GRACE) == deadline
    with pytest.raises(TimeIsUp):
        sheet.save((3, 3, True), at=deadline + GRACE + SECOND)
    with pytest.raises(TimeIsUp):
        sheet.hear(at=deadline + GRACE + SECOND)
    assert len(sheet.steps) == 2


def test_time_that_was_given_reaches_the_page_with_the_next_answer(sheet, room):
    before = sheet.hear()
    room.do(room.invigilators[0], give_time, attempt_id=sheet.attempt_id, minutes=5, reason="power cut")
    assert (sheet.save((1, 1, True)) - before).total_seconds() == 300
    assert sheet.save((2, 2, True), at=before + GRACE + SECOND) > before


def test_after_handing_in_nothing_is_taken(sheet):
    sheet.save((1, 1, True))
    sheet.hand_in()
    with pytest.raises(AttemptIsOver):
        sheet.save((2, 2, True))
    with pytest.raises(AttemptIsOver):
        sheet.save((1, 1, True))
    assert len(sheet.steps) == 1


def test_an_answer_that_meets_the_hand_in_is_marked_or_refused_but_never_lost(sheet):
    """The save waits for the hand-in that holds the attempt, and then sees that it is over."""
    outcome: list[object] = []

    def save() -> None:
        try:
            outcome.append(sheet.save((1, 1, True)))
        except AttemptIsOver as refused:
            outcome.append(refused)

    with sheet.day.work(sheet.who) as work:
        record = queries.attempt_record(work, sheet.attempt_id)
        thread = threading.Thread(target=save)
        thread.start()
        until(
            lambda: somebody_waits(sheet.day.workplace) or not thread.is_alive(), "the save neither waits nor is done"
        )
        assert thread.is_alive()
        record.state, record.closed_at, record.receipt = State.SUBMITTED, work.now, "x"
    thread.join(LIMIT_SECONDS)
    assert [type(it) for it in outcome] == [AttemptIsOver]
    assert sheet.steps == []


# one place


def test_a_second_tab_is_refused(sheet):
    second = Page(sheet.day, sheet.who, sheet.attempt_id)
    with pytest.raises(OpenElsewhere):
        second.take()
    with pytest.raises(OpenElsewhere):
        second.save((1, 1, True))
    sheet.save((1, 1, True))


def test_a_reload_goes_on_and_the_page_before_it_does_not(sheet):
    sheet.save((1, 1, True))
    reloaded = Page(sheet.day, sheet.who, sheet.attempt_id)
    desk = reloaded.take(before=(sheet.token,))
    assert desk.standing == {1: Standing(True, flagged=False)}
    assert desk.sequence == 1
    reloaded.save((2, 2, True))
    with pytest.raises(OpenElsewhere):
        sheet.save((3, 3, True))


def test_a_reload_whose_answer_was_lost_can_be_loaded_again(sheet):
    lost = Page(sheet.day, sheet.who, sheet.attempt_id)
    lost.take(before=(sheet.token,))
    again = Page(sheet.day, sheet.who, sheet.attempt_id)
    again.take(before=(sheet.token, lost.token))
    again.save((1, 1, True))
    assert [(step.sequence, step.question, step.answer) for step in again.steps] == [(1, 1, True)]


def test_a_copied_tab_that_remembers_the_token_takes_over_alone(sheet):
    copied = Page(sheet.day, sheet.who, sheet.attempt_id)
    copied.take(before=(sheet.token,))
    copied.save((1, 1, True))
    with pytest.raises(OpenElsewhere):
        sheet.save((1, 1, False))
    with pytest.raises(OpenElsewhere):
        sheet.hand_in()


def test_at_another_seat_everything_is_there_and_the_old_seat_is_silent(sheet, room):
    sheet.save((1, 1, True), (2, 2, False))
    deadline = sheet.row.deadline
    with room.look(room.invigilators[0]) as reading:
        taken = arrivals.taken_seats(reading, room.sitting_id, sheet.who.registration_id)
    free = next(seat for seat in range(1, 37) if seat not in taken and seat != sheet.who.seat)
    room.do(room.invigilators[0], move, registration_id=sheet.who.registration_id, seat=free, reason="screen went dark")
    with pytest.raises(OpenElsewhere):
        sheet.save((3, 3, True))
    elsewhere = Page(sheet.day, sheet.who, sheet.attempt_id)
    desk = elsewhere.take()
    assert desk.standing == {1: Standing(True, flagged=False), 2: Standing(False, flagged=False)}
    assert desk.deadline == deadline
    elsewhere.save((3, 3, True))
    with pytest.raises(OpenElsewhere):
        sheet.take()


# what the sheet receives


def test_the_page_receives_one_document_and_no_key(sheet):
    document = json.loads(sheet.take().document)
    assert len(document["questions"]) == 100
    frame = {"number", "kind", "marks", "stem", "shown", "translations"}
    whole = {"format", "admission", "marks", "languages", "tag", "name", "direction", "questions"}
    assert names_in(document) == whole | frame | {"options", "letter", "text"}
    assert not names_in(document) & FORBIDDEN_NAMES


# looks


def test_a_look_is_kept_and_leaves_the_question_as_it_stood(sheet, room):
    sheet.save((1, 1, True), flagged=True)
    sheet.look(2, 1)
    sheet.look(3, 2)
    assert [(step.act, step.question, step.page_ms) for step in sheet.steps[1:]] == [
        (Act.LOOK, 1, 2000),
        (Act.LOOK, 2, 3000),
    ]
    assert standing(sheet.steps) == {1: Standing(True, flagged=True)}
    with room.look() as reading:
        assert queries.progress(reading, room.sitting_id)[sheet.attempt_id].answered == 1


def test_a_look_that_is_sent_again_is_confirmed_and_one_that_says_something_else_is_not(sheet):
    sheet.look(1, 1)
    sheet.look(1, 1)
    with pytest.raises(OutOfStep):
        sheet.look(1, 2)
    with pytest.raises(OutOfStep):
        sheet.save((1, 1, True))


# history


@pytest.mark.parametrize("table", ["attempt_steps", "room_notes"])
def test_not_even_the_owner_changes_history(machine, table):
    for statement in ("DELETE FROM exams.{}", "UPDATE exams.{} SET at = now()", "TRUNCATE exams.{}"):
        with (
            machine.embedded.superuser(machine.database) as connection,
            pytest.raises(Exception, match="added, never changed"),
        ):
            connection.execute(sql.SQL(statement).format(sql.Identifier(table)))


def test_what_is_over_is_not_opened_again(sheet, machine):
    sheet.hand_in()
    with (
        machine.embedded.superuser(machine.database) as connection,
        pytest.raises(Exception, match="never changed"),
    ):
        connection.execute("UPDATE exams.attempts SET state = 'open' WHERE id = %s", [sheet.attempt_id])


@pytest.mark.parametrize("face", [Face.LEARNING, Face.AUTHORING, Face.REGISTRY, Face.PUBLIC])
def test_no_other_face_reads_answers(workplace, face):
    with (
        workplace.engines.of(face).connect() as connection,
        pytest.raises(Exception, match="permission denied"),
    ):
        connection.execute(text("SELECT 1 FROM exams.attempt_steps"))
