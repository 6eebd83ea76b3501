"""A centre with rooms, seats and pool in one deed, as often as one likes."""

from uuid import uuid4

import pytest

from exams.centres.actions import (
    RoomPlan,
    StaffPlan,
    add_centre,
    add_room,
    add_staff,
    put_seat_back,
    remove_staff,
    set_up_centre,
    take_seat_out_of_use,
)
from exams.centres.errors import (
    AlreadyInThePool,
    CodeMissing,
    CodeTaken,
    NameMissing,
    NoSuchCentre,
    NoSuchSeat,
    RoomTooLarge,
    TradesMissing,
    TradesOfAnInvigilator,
)
from exams.centres.queries import centre, pool, room, rooms, seats, usable_seats
from exams.centres.rules import Duty, RoomKind
from exams.registrations.queries import seated
from exams.sittings.actions import seat_candidates
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role
from people.accounts.errors import NoSuchPerson

ROOM = RoomPlan(code="T9", names={"zh": "理论", "en": "Theory"}, kind=RoomKind.THEORY, rows=3, columns=4)


@pytest.mark.parametrize("role", [Role.WORKER, Role.INVIGILATOR, Role.EXAMINER, Role.TRAINING_MANAGER])
def test_only_the_office_may(office, role):
    stranger = office.actor(role)
    names = {"zh": "甲", "en": "A"}
    for deed in (
        lambda work: set_up_centre(work, code="X", names=names, address=""),
        lambda work: add_centre(work, code="X", names=names, address=""),
        lambda work: add_room(work, centre_id=office.centre_id, plan=ROOM),
        lambda work: add_staff(work, centre_id=office.centre_id, plan=StaffPlan(person_id=uuid4(), duty=Duty.EXAMINER)),
        lambda work: remove_staff(work, staff_id=uuid4()),
        lambda work: take_seat_out_of_use(work, room_id=uuid4(), number=1, reason="x"),
        lambda work: put_seat_back(work, room_id=uuid4(), number=1),
    ):
        with pytest.raises(Forbidden):
            office.do(deed, actor=stranger)


def test_doing_it_again_adds_only_what_is_new(office):
    code = office.look(centre, office.centre_id).code
    again = office.do(
        set_up_centre,
        code=code,
        names={"zh": "别名", "en": "Other"},
        address="",
        rooms=[ROOM],
        staff=[StaffPlan(person_id=office.invigilators[0].person_id, duty=Duty.INVIGILATOR)],
    )
    assert again == office.centre_id
    assert [each.code for each in office.look(rooms, again)] == ["P1", "T1", "T9"]
    assert len(office.look(pool, again, Duty.INVIGILATOR)) == 3


def test_a_room_has_its_seats_where_they_stand(office):
    room_id = office.do(add_room, centre_id=office.centre_id, plan=ROOM)
    assert office.look(room, room_id).seats == 12
    last = office.look(seats, room_id)[-1]
    assert (last.number, last.row, last.column) == (12, 3, 4)


def test_codes_people_and_sizes_are_checked(office):
    code = office.look(centre, office.centre_id).code
    with pytest.raises(CodeTaken):
        office.do(add_centre, code=code, names={"zh": "甲", "en": "A"}, address="")
    office.do(add_room, centre_id=office.centre_id, plan=ROOM)
    with pytest.raises(CodeTaken):
        office.do(add_room, centre_id=office.centre_id, plan=ROOM)
    with pytest.raises(NoSuchCentre):
        office.do(add_room, centre_id=uuid4(), plan=ROOM)
    huge = RoomPlan(code="H", names=ROOM.names, kind=RoomKind.THEORY, rows=30, columns=30)
    with pytest.raises(RoomTooLarge):
        office.do(add_room, centre_id=office.centre_id, plan=huge)
    with pytest.raises(NoSuchPerson):
        office.do(add_staff, centre_id=office.centre_id, plan=StaffPlan(person_id=uuid4(), duty=Duty.EXAMINER))
    known = StaffPlan(person_id=office.invigilators[0].person_id, duty=Duty.INVIGILATOR)
    with pytest.raises(AlreadyInThePool):
        office.do(add_staff, centre_id=office.centre_id, plan=known)


def test_who_leaves_the_pool_may_come_back(office):
    person_id = office.invigilators[0].person_id
    office.do(remove_staff, staff_id=office.staff[person_id])
    assert person_id not in {row.person_id for row in office.look(pool, office.centre_id)}
    office.do(add_staff, centre_id=office.centre_id, plan=StaffPlan(person_id=person_id, duty=Duty.INVIGILATOR))
    assert person_id in {row.person_id for row in office.look(pool, office.centre_id)}


def test_nobody_is_seated_where_the_machine_is_broken(office):
    room_id = office.rooms[RoomKind.THEORY]
    before = office.look(room, room_id).seats
    with pytest.raises(ReasonMissing):
        office.do(take_seat_out_of_use, room_id=room_id, number=2, reason=" ")
    office.do(take_seat_out_of_use, room_id=room_id, number=2, reason="显示器故障")
    assert 2 not in [seat.number for seat in office.look(usable_seats, room_id)]
    assert office.look(room, room_id).seats == before - 1
    sitting_id = office.planned()
    candidates = [office.applied(office.trained()) for _ in range(before - 1)]
    office.do(seat_candidates, sitting_id, registration_ids=candidates, by_lot=True)
    assert 2 not in {row.seat for row in office.look(seated, sitting_id)}
    office.do(put_seat_back, room_id=room_id, number=2)
    assert office.look(room, room_id).seats == before
    with pytest.raises(NoSuchSeat):
        office.do(put_seat_back, room_id=room_id, number=99)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"code": ""}, CodeMissing),
        ({"code": "a b"}, CodeMissing),
        ({"code": "x" * 21}, CodeMissing),
        ({"names": {"zh": " ", "en": "A"}}, NameMissing),
        ({"names": {"zh": "甲" * 101, "en": "A"}}, NameMissing),
    ],
)
def test_codes_and_names_can_be_read(office, changed, problem):
    with pytest.raises(problem):
        office.do(add_centre, **({"code": "NEW", "names": {"zh": "甲", "en": "A"}, "address": ""} | changed))


def test_an_examiner_has_trades_and_an_invigilator_none(office):
    person_id = office.person("新考评员")
    with pytest.raises(TradesMissing):
        office.do(add_staff, centre_id=office.centre_id, plan=StaffPlan(person_id=person_id, duty=Duty.EXAMINER))
    plan = StaffPlan(person_id=person_id, duty=Duty.INVIGILATOR, qualifications=["low_voltage"])
    with pytest.raises(TradesOfAnInvigilator):
        office.do(add_staff, centre_id=office.centre_id, plan=plan)
