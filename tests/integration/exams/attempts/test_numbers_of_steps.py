"""What is confirmed is kept, under its number, whatever a program sends."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from exams.attempts.errors import OutOfStep
from exams.attempts.rules import MOST_AHEAD, MOST_STEPS
from kernel.faces import Face
from tests.cast.locks import somebody_waits
from tests.cast.waiting import until


@pytest.mark.parametrize(
    "acts",
    [
        ((1, 1, True), (1, 1, False)),
        ((1, 1, True), (1, 2, True)),
        ((2, 2, True), (1, 1, True), (1, 3, True)),
    ],
)
def test_one_number_that_says_two_things_is_refused_with_all_that_came_with_it(sheet, acts):
    with pytest.raises(OutOfStep):
        sheet.save(*acts)
    assert sheet.steps == []


def test_one_number_that_says_one_thing_twice_is_one_step(sheet):
    sheet.save((1, 1, True), (1, 1, True), (2, 2, False))
    assert [(step.sequence, step.question) for step in sheet.steps] == [(1, 1), (2, 2)]


KEPT = "INSERT INTO exams.attempt_steps VALUES (:attempt, 1, 1, 'answer', :answer, false, 1000, now())"


@pytest.mark.parametrize("other", ["true", "false"])
def test_a_message_that_meets_another_with_its_number_is_confirmed_only_if_the_two_say_the_same(
    sheet, workplace, other
):
    with ThreadPoolExecutor(1) as browser, workplace.engines.of(Face.EXAMINATION).connect() as first:
        first.execute(text(KEPT), {"attempt": sheet.attempt_id, "answer": other})
        second = browser.submit(sheet.save, (1, 1, True))
        until(
            lambda: second.done() or somebody_waits(workplace, Face.EXAMINATION), "the second neither waits nor is done"
        )
        assert not second.done()
        first.commit()
        if other == "true":
            assert second.result(timeout=60)
        else:
            with pytest.raises(OutOfStep):
                second.result(timeout=60)
    assert len(sheet.steps) == 1


def test_nobody_jumps_so_far_ahead_that_their_paper_takes_no_more(sheet):
    sheet.save((1, 1, True))
    for acts in [((MOST_AHEAD + 3, 2, True),), ((MOST_STEPS, 2, True),), ((2, 2, True), (MOST_AHEAD + 4, 2, True))]:
        with pytest.raises(OutOfStep):
            sheet.save(*acts)
    assert len(sheet.steps) == 1
    sheet.save((MOST_AHEAD + 2, 2, True))  # as far as a centre that was set up again may have fallen back
    sheet.save((MOST_AHEAD + 3, 2, False))
    assert len(sheet.steps) == 3
