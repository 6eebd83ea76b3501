"""How an attempt ends, what it is worth, and that nobody has to be there for it."""

from decimal import Decimal
from uuid import uuid4

import pytest

from exams.attempts.actions.finishing import close_overdue, hand_in
from exams.attempts.errors import NoSuchAttempt, OpenElsewhere, TimeIsUp
from exams.attempts.rules import GRACE, State, receipt
from exams.marking.actions import mark_attempt
from exams.marking.events import PaperCollected
from kernel.errors import Forbidden
from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import run_periodic
from people.access.rules import Role
from tests.cast.exam_day import ExamDay, exam_day, somebody
from tests.cast.exam_room import SECOND, begun, marked, right_answers

# who may not


def test_nobody_hands_in_for_somebody_else(sheet, other, room):
    given = {"attempt_id": sheet.attempt_id, "token": sheet.token}
    with pytest.raises(Forbidden):
        room.do(room.invigilators[0], hand_in, **given)
    with pytest.raises(NoSuchAttempt):
        room.do(other, hand_in, **given)
    with pytest.raises(OpenElsewhere):
        room.do(sheet.who, hand_in, attempt_id=sheet.attempt_id, token="0" * 64)
    with pytest.raises(NoSuchAttempt):
        room.do(sheet.who, hand_in, attempt_id=uuid4(), token=sheet.token)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_closes_or_marks_attempts(sheet, role, work_as):
    with pytest.raises(Forbidden):
        close_overdue(work_as(somebody(sheet.day.workplace, "某人", role).actor, Face.EXAMINATION))
    with pytest.raises(Forbidden):
        mark_attempt(
            work_as(somebody(sheet.day.workplace, "某人", role).actor, Face.EXAMINATION), attempt_id=sheet.attempt_id
        )


# handing in


def test_handing_in_gives_a_receipt_over_every_act(sheet):
    sheet.save((1, 1, True), (2, 2, False))
    sheet.hand_in()
    assert sheet.row.state is State.SUBMITTED
    assert sheet.row.receipt == receipt(sheet.steps)


def test_handing_in_twice_is_handing_in_once(sheet):
    sheet.hand_in()
    first = sheet.row
    sheet.hand_in()
    assert sheet.row == first


def test_handing_in_is_possible_within_the_grace_and_not_later(room, candidate, other):
    sheet = begun(room, candidate)
    sheet.hand_in(at=sheet.row.deadline + GRACE)
    late = begun(room, other)
    with pytest.raises(TimeIsUp):
        late.hand_in(at=late.row.deadline + GRACE + SECOND)
    assert late.row.state is State.OPEN


# the time is up


def close_now(day: ExamDay) -> None:
    run_periodic(day.workplace, Periodic(2.0, close_overdue, Face.EXAMINATION, "exams.attempts/close_overdue"))


def test_the_server_hands_in_after_the_grace_and_not_before(rehearsal):
    day = exam_day(rehearsal, candidates=1)
    day.open()
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 85))
    rehearsal.clock.skip(sheet.row.deadline + GRACE - 5 * SECOND - rehearsal.clock.now())
    close_now(day)
    assert [sheet.row.state] == [State.OPEN]
    rehearsal.clock.skip(6 * SECOND)
    close_now(day)
    assert [sheet.row.state] == [State.RUN_OUT]
    result = marked(sheet)
    assert (result.score, result.passed) == (Decimal(85), True)
    close_now(day)
    assert marked(sheet) == result


def test_the_worker_is_told_to_close_and_to_mark(workplace):
    periodic = [it for it in workplace.wiring.periodic if it.run is close_overdue]
    assert [(it.face, it.seconds) for it in periodic] == [(Face.EXAMINATION, 2.0)]
    assert [it.face for it in workplace.wiring.reactions if it.event is PaperCollected] == [Face.EXAMINATION]
