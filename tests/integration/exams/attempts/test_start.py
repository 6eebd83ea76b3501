"""From the door to the paper: who may begin, when, and how often."""

from datetime import timedelta

import pytest

from exams.arrivals.errors import NotCheckedIn
from exams.attempts.actions.sitting_down import start, take_desk
from exams.attempts.errors import AttemptIsOver, NoSuchAttempt, NotOpenYet, TooLateToStart
from exams.attempts.rules import GRACE, State
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import close_room, open_room
from exams.registrations.errors import NoSuchRegistration
from exams.sittings import queries as sittings
from kernel.errors import Forbidden
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import SECOND, begun

LATE = timedelta(minutes=30)


# who may not


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
