"""A sitting that opens late needs its room longer, and the next one must not find it occupied."""

from datetime import timedelta

import pytest

from exams.centres.rules import RoomKind
from exams.sittings import actions as sittings
from exams.sittings.errors import RoomIsNeeded, RoomIsTaken
from exams.sittings.queries import sitting
from exams.standards.rules import Part

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def next_one(office, sitting_id, *, after=15):
    """The next sitting in the same room, as soon as the house allows it."""
    return office.do(
        sittings.plan_sitting,
        room_id=office.rooms[RoomKind.THEORY],
        qualification="low_voltage",
        part=Part.THEORY,
        starts_at=office.look(sitting, sitting_id).ends_at + after * MINUTE,
    )


def opened(office, sitting_id):
    office.do(sittings.open_sitting, sitting_id, actor=office.invigilators[0])
    return office.look(sitting, sitting_id)


def test_opened_early_or_in_time_it_ends_as_planned(office):
    sitting_id = office.opened_but_for(office.trained())
    planned = office.look(sitting, sitting_id).ends_at
    office.now -= 10 * MINUTE
    assert opened(office, sitting_id).ends_at == planned


def test_opened_late_it_ends_as_much_later_and_the_room_cannot_be_planned_for_that_time(office):
    sitting_id = office.opened_but_for(office.trained())
    planned = office.look(sitting, sitting_id).ends_at
    office.now += 40 * MINUTE
    assert opened(office, sitting_id).ends_at == planned + 40 * MINUTE
    with pytest.raises(RoomIsTaken):
        office.do(
            sittings.plan_sitting,
            room_id=office.rooms[RoomKind.THEORY],
            qualification="low_voltage",
            part=Part.THEORY,
            starts_at=planned + 50 * MINUTE,
        )


def test_a_few_minutes_late_use_up_the_time_between_two_sittings(office):
    sitting_id = office.opened_but_for(office.trained())
    next_one(office, sitting_id)
    office.now += 15 * MINUTE
    opened(office, sitting_id)


def test_it_does_not_run_into_the_next_one_until_the_office_has_called_one_of_them_off(office):
    sitting_id = office.opened_but_for(office.trained())
    following = next_one(office, sitting_id)
    code = office.look(sitting, following).code
    office.now += 16 * MINUTE
    with pytest.raises(RoomIsNeeded, match=code):
        opened(office, sitting_id)
    office.do(sittings.call_off_sitting, following, reason="上一场延迟开考")
    opened(office, sitting_id)
