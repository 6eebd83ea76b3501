"""Who is let in by whom, and after the doors closed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from exams.arrivals import queries as arrivals
from exams.arrivals.errors import AlreadyCheckedIn, NotCheckedIn
from exams.attempts.actions.sitting_down import start
from exams.invigilation.actions.admitting import check_in, let_in_late
from exams.invigilation.queries import room_record
from exams.invigilation.rules import NoteKind
from exams.registrations import queries as registrations
from exams.registrations.errors import NoSuchRegistration
from exams.sittings import queries as sittings
from exams.sittings.errors import NotOnDuty
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role
from tests.cast.exam_day import ExamDay, exam_day, somebody
from tests.cast.exam_room import SECOND

LATE = timedelta(minutes=30)


@pytest.fixture(scope="module")
def before_the_start(workplace) -> ExamDay:
    """A sitting that is not open yet, with nobody checked in."""
    return exam_day(workplace, candidates=4)


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


def test_a_check_in_is_attendance_and_happens_once(before_the_start):
    day, someone = before_the_start, before_the_start.candidates[1]
    day.do(day.invigilators[0], check_in, registration_id=someone.registration_id)
    with day.look() as reading:
        row = registrations.registration(reading, someone.registration_id)
        assert row.attended_at is not None
        known = arrivals.check_in_of(reading, someone.registration_id)
    assert known is not None
    assert known.seat == someone.seat
    with pytest.raises(AlreadyCheckedIn):
        day.do(day.invigilators[1], check_in, registration_id=someone.registration_id)


def test_an_invigilator_lets_in_late_with_a_reason(room, candidate):
    with room.look() as reading:
        late = sittings.sitting(reading, room.sitting_id).starts_at + LATE + SECOND
    given = {"registration_id": candidate.registration_id}
    with pytest.raises(ReasonMissing):
        room.do(room.invigilators[0], let_in_late, **given, reason="  ")
    room.do(room.invigilators[0], let_in_late, **given, reason=" bus broke down ")
    room.do(candidate, start, at=late, **given)
    with room.look() as reading:
        notes = room_record(reading, room.sitting_id)
    assert [
        it.text for it in notes if it.kind is NoteKind.LET_IN and it.registration_id == candidate.registration_id
    ] == ["bus broke down"]


def test_who_was_not_checked_in_is_not_let_in(before_the_start):
    day, someone = before_the_start, before_the_start.candidates[2]
    with pytest.raises(NotCheckedIn):
        day.do(day.invigilators[0], let_in_late, registration_id=someone.registration_id, reason="late")
