"""From the door to the paper: who may begin, when, and how often."""

from datetime import timedelta
from uuid import uuid4

import pytest

from exams.attempts import queries
from exams.attempts.actions.sitting_down import check_in, let_in_late, start, take_desk
from exams.attempts.actions.supervising import close_room, open_room
from exams.attempts.errors import (
    AlreadyCheckedIn,
    AttemptIsOver,
    NoSuchAttempt,
    NotCheckedIn,
    NotOpenYet,
    TooLateToStart,
)
from exams.attempts.rules import GRACE, NoteKind, State
from exams.registrations import queries as registrations
from exams.registrations.errors import NoSuchRegistration
from exams.sittings import queries as sittings
from exams.sittings.errors import NotOnDuty
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role
from tests.cast.exam_day import ExamDay, exam_day, somebody
from tests.integration.exams.attempts.conftest import SECOND, begun

LATE = timedelta(minutes=30)


@pytest.fixture(scope="module")
def before_the_start(workplace) -> ExamDay:
    """A sitting that is not open yet, with nobody checked in."""
    return exam_day(workplace, candidates=4)


# who may not


def test_checking_in_is_for_invigilators_on_duty(before_the_start, workplace):
    day, someone = before_the_start, before_the_start.candidates[0]
    given = {"registration_id": someone.registration_id}
    with pytest.raises(Forbidden):
        day.do(someone, check_in, **given)
    with pytest.raises(Forbidden):
        day.do(someone, let_in_late, **given, reason="x")
    with pytest.raises(NotOnDuty):
        day.do(somebody(workplace, "李外人", Role.INVIGILATOR), check_in, **given)
    with pytest.raises(NoSuchRegistration):
        day.do(day.invigilators[0], check_in, registration_id=uuid4())


def test_starting_is_for_the_candidate_alone(room, candidate, other):
    given = {"registration_id": candidate.registration_id}
    with pytest.raises(Forbidden):
        room.do(room.invigilators[0], start, **given)
    with pytest.raises(NoSuchRegistration):
        room.do(other, start, **given)


def test_a_paper_is_taken_by_its_candidate_alone(room, sheet, other):
    taking = {"attempt_id": sheet.attempt_id, "token": "x" * 64, "address": ""}
    with pytest.raises(Forbidden):
        room.do(room.invigilators[0], take_desk, **taking)
    with pytest.raises(NoSuchAttempt):
        room.do(other, take_desk, **taking)


# the door


def test_nobody_begins_before_being_checked_in_nor_before_the_exam_is_open(workplace):
    day = exam_day(workplace, candidates=2)
    one, two = day.candidates
    day.do(day.invigilators[0], check_in, registration_id=one.registration_id)
    with pytest.raises(NotOpenYet):
        day.do(one, start, registration_id=one.registration_id)
    day.do(day.invigilators[0], open_room, sitting_id=day.sitting_id)
    with pytest.raises(NotCheckedIn):
        day.do(two, start, registration_id=two.registration_id)
    day.do(one, start, registration_id=one.registration_id)


def test_a_check_in_is_attendance_and_happens_once(before_the_start):
    day, someone = before_the_start, before_the_start.candidates[1]
    day.do(day.invigilators[0], check_in, registration_id=someone.registration_id)
    with day.look() as reading:
        row = registrations.registration(reading, someone.registration_id)
        assert row.attended_at is not None
        known = queries.check_in_of(reading, someone.registration_id)
    assert known is not None
    assert known.seat == someone.seat
    with pytest.raises(AlreadyCheckedIn):
        day.do(day.invigilators[1], check_in, registration_id=someone.registration_id)


def test_beginning_twice_opens_one_attempt(room, candidate):
    given = {"registration_id": candidate.registration_id}
    assert room.do(candidate, start, **given) == room.do(candidate, start, **given)


def test_the_time_runs_from_the_beginning_of_each_candidate(sheet):
    assert sheet.row.deadline - sheet.row.started_at == timedelta(minutes=120)


def test_the_door_closes_half_an_hour_after_the_start(room, candidate):
    with room.look() as reading:
        starts_at = sittings.sitting(reading, room.sitting_id).starts_at
    given = {"registration_id": candidate.registration_id}
    with pytest.raises(TooLateToStart):
        room.do(candidate, start, at=starts_at + LATE + SECOND, **given)
    room.do(candidate, start, at=starts_at + LATE, **given)


def test_an_invigilator_lets_in_late_with_a_reason(room, candidate):
    with room.look() as reading:
        late = sittings.sitting(reading, room.sitting_id).starts_at + LATE + SECOND
    given = {"registration_id": candidate.registration_id}
    with pytest.raises(ReasonMissing):
        room.do(room.invigilators[0], let_in_late, **given, reason="  ")
    room.do(room.invigilators[0], let_in_late, **given, reason=" bus broke down ")
    room.do(candidate, start, at=late, **given)
    with room.look() as reading:
        notes = queries.room_record(reading, room.sitting_id)
    assert [
        it.text for it in notes if it.kind is NoteKind.LET_IN and it.registration_id == candidate.registration_id
    ] == ["bus broke down"]


def test_who_was_not_checked_in_is_not_let_in(before_the_start):
    day, someone = before_the_start, before_the_start.candidates[2]
    with pytest.raises(NotCheckedIn):
        day.do(day.invigilators[0], let_in_late, registration_id=someone.registration_id, reason="late")


def test_nobody_begins_in_a_closed_room(workplace):
    day = exam_day(workplace, candidates=1)
    day.open()
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    with pytest.raises(NotOpenYet):
        day.do(day.candidates[0], start, registration_id=day.candidates[0].registration_id)


def test_a_paper_whose_time_is_over_is_not_handed_out_again(room, candidate):
    sheet = begun(room, candidate)
    late = sheet.row.deadline + GRACE + SECOND
    with pytest.raises(AttemptIsOver):
        room.do(candidate, take_desk, at=late, attempt_id=sheet.attempt_id, token=sheet.token, address="")
    assert sheet.row.state is State.OPEN
