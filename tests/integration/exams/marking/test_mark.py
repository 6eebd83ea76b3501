"""What an attempt is worth, and when it is marked."""

from decimal import Decimal

import pytest

from exams.attempts.errors import NoSuchAttempt
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import close_room, confirm_breach, open_room, propose_breach
from exams.invigilation.errors import AttemptsStillOpen
from exams.marking.actions import mark_attempt, mark_unstarted
from exams.marking.queries import replay
from exams.results import queries as results
from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.jobs import deliver_due
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import begun, marked, right_answers


def test_an_open_attempt_is_not_marked(sheet):
    with (
        sheet.day.workplace.transaction(platform("test"), Face.EXAMINATION) as work,
        pytest.raises(NoSuchAttempt),
    ):
        mark_attempt(work, attempt_id=sheet.attempt_id)


@pytest.mark.parametrize(("right", "passed"), [(79, False), (80, True), (100, True)])
def test_the_marks_wait_for_the_release(sheet, right, passed):
    sheet.save(*right_answers(sheet.day, sheet.attempt_id, right))
    sheet.hand_in()
    result = marked(sheet)
    assert (result.score, result.passed, result.reference_id) == (Decimal(right), passed, sheet.attempt_id)
    assert result.released_at is None


def test_replaying_the_steps_gives_the_stored_result(sheet):
    acts = right_answers(sheet.day, sheet.attempt_id, 90)
    wrong = [(100 + number, question, not answer) for number, (_, question, answer) in enumerate(acts[:30])]
    sheet.save(*acts[:50])
    sheet.save(*acts[50:], *wrong)
    sheet.hand_in()
    result = marked(sheet)
    with sheet.day.look() as reading:
        marks = replay(reading, sheet.attempt_id)
    assert result.score == marks.given == 60
    assert [(it.point, it.share) for it in result.weak_points] == [(it.point, it.share) for it in marks.weak_points()]


def test_marking_again_records_one_result(sheet):
    sheet.hand_in()
    first = marked(sheet)
    with sheet.day.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        mark_attempt(work, attempt_id=sheet.attempt_id)
    assert marked(sheet) == first


def test_a_breach_scores_nothing(sheet, room):
    sheet.save(*right_answers(room, sheet.attempt_id, 100))
    about = {"registration_id": sheet.who.registration_id}
    room.do(room.invigilators[0], propose_breach, **about, reason="phone")
    room.do(room.invigilators[1], confirm_breach, **about)
    result = marked(sheet)
    assert (result.score, result.passed, result.cancelled) == (Decimal(0), False, True)


def test_a_room_is_closed_when_nobody_works_and_everybody_who_came_has_a_result(workplace):
    day = exam_day(workplace, candidates=3)
    for candidate in day.candidates[:2]:
        day.do(day.invigilators[0], check_in, registration_id=candidate.registration_id)
    day.do(day.invigilators[0], open_room, sitting_id=day.sitting_id)
    sheet = begun(day, day.candidates[0])
    with pytest.raises(AttemptsStillOpen):
        day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    sheet.hand_in()
    deliver_due(workplace, Face.EXAMINATION)
    with day.look() as reading:
        assert results.results_of_sitting(reading, day.sitting_id) == {}  # a breach may still be found
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    deliver_due(workplace, Face.EXAMINATION)
    with day.look() as reading:
        recorded = results.results_of_sitting(reading, day.sitting_id)
    came = {candidate.registration_id for candidate in day.candidates[:2]}
    assert recorded.keys() == came
    assert not recorded[day.candidates[1].registration_id].passed
    day.release()
    with day.look() as reading:
        assert all(row.released_at for row in results.results_of_sitting(reading, day.sitting_id).values())
    with pytest.raises(Forbidden):
        day.do(day.officer, mark_unstarted, sitting_id=day.sitting_id)
