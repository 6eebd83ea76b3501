"""A sitting is planned where and when there is room."""

from datetime import timedelta

import pytest

from exams.centres.rules import RoomKind
from exams.sittings.actions import plan_sitting
from exams.sittings.errors import CapacityTooLarge, OtherKindOfRoom, RoomIsTaken, StartsInThePast
from exams.sittings.queries import sitting
from exams.sittings.rules import State
from exams.standards.errors import NoStandard
from exams.standards.rules import Part
from kernel.errors import Forbidden
from people.access.rules import Role


def plan(office, **kw):
    given = {
        "room_id": office.rooms[RoomKind.THEORY],
        "qualification": "low_voltage",
        "part": Part.THEORY,
        "starts_at": office.now + timedelta(days=2),
    }
    return office.do(plan_sitting, **(given | kw))


@pytest.mark.parametrize("role", [Role.WORKER, Role.INVIGILATOR, Role.EXAMINER, Role.TEACHER])
def test_only_the_office_may(office, role):
    with pytest.raises(Forbidden):
        plan(office, actor=office.actor(role))


def test_it_takes_what_the_room_has_and_keeps_the_standard(office):
    row = office.look(sitting, plan(office))
    assert (row.capacity, row.minutes, row.pass_mark, row.state) == (6, 120, 80, State.PLANNED)
    assert row.code.startswith("2026-")


@pytest.mark.parametrize("capacity", [-1, 7])
def test_a_room_takes_no_more_than_its_seats(office, capacity):
    with pytest.raises(CapacityTooLarge):
        plan(office, capacity=capacity)


def test_a_room_for_the_other_part_is_refused(office):
    with pytest.raises(OtherKindOfRoom):
        plan(office, part=Part.PRACTICAL)


def test_nothing_is_planned_for_the_past_or_without_a_standard(office):
    with pytest.raises(StartsInThePast):
        plan(office, starts_at=office.now)
    with pytest.raises(NoStandard):
        plan(office, qualification="high_voltage")


def test_a_room_holds_one_sitting_at_a_time(office):
    plan(office)
    start = office.now + timedelta(days=2)
    with pytest.raises(RoomIsTaken):
        plan(office, starts_at=start + timedelta(minutes=120 + 30 + 14))
    plan(office, starts_at=start + timedelta(minutes=120 + 30 + 15))
