"""How an attempt ends, what it is worth, and that nobody has to be there for it."""

from decimal import Decimal
from uuid import uuid4

import pytest

from exams.attempts import queries
from exams.attempts.actions.finishing import close_overdue, hand_in, mark_attempt, mark_unstarted, replay
from exams.attempts.actions.sitting_down import check_in
from exams.attempts.actions.supervising import close_room, confirm_breach, open_room, propose_breach
from exams.attempts.errors import AttemptsStillOpen, NoSuchAttempt, OpenElsewhere, TimeIsUp
from exams.attempts.events import PaperCollected
from exams.attempts.rules import GRACE, AttemptId, State, receipt
from exams.papers import queries as papers
from exams.results import queries as results
from exams.results.actions import release_results
from exams.results.queries import ResultRow
from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import deliver_due, run_periodic
from people.access.rules import Role
from question_bank.kinds import KINDS
from question_bank.kinds.protocol import Answer
from tests.cast.exam_day import ExamDay, exam_day, somebody
from tests.integration.exams.attempts.conftest import SECOND, Page, begun


def right_answers(day: ExamDay, attempt_id: AttemptId, count: int) -> list[tuple[int, int, Answer]]:
    """Acts that answer the first `count` questions with their keys."""
    with day.look() as reading:
        attempt = next(
            it for it in queries.attempts_of_sitting(reading, day.sitting_id).values() if it.id == attempt_id
        )
        paper = papers.paper_for_marking(
            reading, papers.paper_row(reading, day.sitting_id, attempt.admission_number).id
        )
        asked = papers.asked(reading, paper)
    return [
        (item.number, item.number, KINDS[item.kind].right(asked[item.version_id].content, item.layout))
        for item in paper.items[:count]
    ]


def marked(sheet: Page) -> ResultRow:
    """The result, marked as the worker does it when the room is closed."""
    with sheet.day.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        mark_attempt(work, attempt_id=sheet.attempt_id)
    with sheet.day.look() as reading:
        found = results.result_of_registration(reading, sheet.who.registration_id)
    assert found is not None
    return found


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


def test_an_open_attempt_is_not_marked(sheet):
    with (
        sheet.day.workplace.transaction(platform("test"), Face.EXAMINATION) as work,
        pytest.raises(NoSuchAttempt),
    ):
        mark_attempt(work, attempt_id=sheet.attempt_id)


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


# marking


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


# the end of the sitting


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
    officer = somebody(workplace, "赵考务", Role.EXAM_OFFICER)
    with workplace.transaction(officer.actor, Face.EXAMINATION) as work:
        assert release_results(work, day.sitting_id) == 2
    with pytest.raises(Forbidden):
        day.do(officer, mark_unstarted, sitting_id=day.sitting_id)
