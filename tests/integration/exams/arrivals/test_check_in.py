"""The door: who is let through it, when, and who is not any more."""

from datetime import timedelta
from uuid import UUID

import pytest

from exams.arrivals import queries
from exams.bars.actions import bar_person
from exams.invigilation.actions.admitting import check_in
from exams.registrations import queries as registrations
from exams.registrations.actions import note_attendance
from exams.sittings import actions as sittings
from exams.sittings.errors import NoLongerAdmitted, StepOutOfOrder, TooEarlyToCheckIn
from kernel.actor import Actor
from kernel.clock import shanghai_date
from tests.integration.exams.conftest import ExamOffice

pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def registered(office, sitting_id):
    return {"registration_id": office.look(registrations.seated, sitting_id)[0].id}


def at_the_door(office: ExamOffice, *workers: Actor) -> UUID:
    """A drawn sitting with two invigilators there; the clock stands at its start."""
    sitting_id: UUID = office.confirmed(*workers)
    office.now += timedelta(minutes=1)
    office.do(sittings.draw_sitting, sitting_id)
    office.now += timedelta(days=3) - timedelta(minutes=1)
    for invigilator in office.invigilators[:2]:
        office.do(sittings.take_up_duty, sitting_id, actor=invigilator)
    return sitting_id


def test_who_comes_in_time_is_checked_in(office):
    sitting_id = at_the_door(office, office.trained())
    office.do(check_in, actor=office.invigilators[0], **registered(office, sitting_id))
    assert office.look(queries.check_ins, sitting_id)


def test_nobody_is_checked_in_days_before(office):
    """Else the seat could be exchanged, and the candidate would count as compared with the card elsewhere."""
    sitting_id = office.confirmed(office.trained())
    with pytest.raises(StepOutOfOrder):
        office.do(check_in, actor=office.invigilators[0], **registered(office, sitting_id))
    office.now += timedelta(minutes=1)
    office.do(sittings.draw_sitting, sitting_id)
    with pytest.raises(TooEarlyToCheckIn):
        office.do(check_in, actor=office.invigilators[0], **registered(office, sitting_id))


def test_nobody_is_checked_in_when_it_is_over(office):
    """A result would be owed that nobody can give any more, and the sitting could never be released."""
    zhang, li = office.trained(), office.trained()
    sitting_id = at_the_door(office, zhang, li)
    first, late = office.look(registrations.seated, sitting_id)
    office.do(note_attendance, registration_id=first.id, actor=office.invigilators[0])
    office.do(sittings.open_sitting, sitting_id, actor=office.invigilators[0])
    office.do(sittings.close_sitting, sitting_id, actor=office.invigilators[0])
    with pytest.raises(StepOutOfOrder):
        office.do(check_in, actor=office.invigilators[0], registration_id=late.id)


def test_who_was_barred_after_the_seating_stays_outside(office):
    zhang = office.trained()
    sitting_id = at_the_door(office, zhang)
    until = shanghai_date(office.now) + timedelta(days=365)
    office.do(bar_person, person_id=zhang.person_id, until=until, reason="作弊")
    with pytest.raises(NoLongerAdmitted):
        office.do(check_in, actor=office.invigilators[0], **registered(office, sitting_id))
    assert not office.look(queries.check_ins, sitting_id)
