"""Accepted applications become seats with admission numbers."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from exams.bars.actions import bar_person
from exams.registrations.actions import apply, withdraw_registration
from exams.registrations.errors import NotWaiting
from exams.registrations.queries import registration, seated
from exams.registrations.rules import State
from exams.registrations.tables import RegistrationRecord
from exams.sittings.actions import seat_candidates, unseat_candidate
from exams.sittings.errors import (
    CandidateIsBusy,
    NoLongerAdmitted,
    OtherExam,
    SittingIsFull,
    StepOutOfOrder,
)
from exams.sittings.queries import lots, sitting
from exams.sittings.rules import seat_order
from exams.standards.rules import Part
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role


def test_only_the_office_may(office):
    sitting_id = office.planned()
    with pytest.raises(Forbidden):
        office.do(seat_candidates, sitting_id, actor=office.actor(Role.INVIGILATOR), registration_ids=[])
    with pytest.raises(Forbidden):
        office.do(unseat_candidate, sitting_id, actor=office.trained(), registration_id=sitting_id, reason="x")


def test_seats_and_numbers_are_each_given_once_and_the_lot_can_be_drawn_again(office):
    sitting_id = office.planned()
    ids = [office.applied(office.trained()) for _ in range(5)]
    assert office.do(seat_candidates, sitting_id, registration_ids=ids) == 5
    rows = office.look(seated, sitting_id)
    assert len({row.seat for row in rows}) == 5
    code = office.look(sitting, sitting_id).code
    assert sorted(row.admission_number for row in rows) == [f"{code}-{number:03d}" for number in range(1, 6)]
    (lot,) = office.look(lots, sitting_id)
    in_order_of_application = sorted(rows, key=lambda row: row.admission_number)
    assert [row.seat for row in in_order_of_application] == list(lot.drawn)
    assert seat_order(lot.given, int(lot.seed))[:5] == list(lot.drawn)


def test_seats_can_be_given_in_order(office):
    sitting_id = office.planned()
    ids = [office.applied(office.trained()) for _ in range(3)]
    office.do(seat_candidates, sitting_id, registration_ids=ids, by_lot=False)
    assert [row.seat for row in office.look(seated, sitting_id)] == [1, 2, 3]


def test_a_full_sitting_takes_nobody(office):
    sitting_id = office.planned(capacity=1)
    ids = [office.applied(office.trained()) for _ in range(2)]
    with pytest.raises(SittingIsFull):
        office.do(seat_candidates, sitting_id, registration_ids=ids)
    assert office.look(seated, sitting_id) == ()


def test_a_seat_is_given_once_by_the_database_too(office):
    sitting_id = office.planned()
    ids = [office.applied(office.trained()) for _ in range(2)]
    office.do(seat_candidates, sitting_id, registration_ids=ids, by_lot=False)
    with pytest.raises(IntegrityError):
        office.do(
            lambda work: work.session.execute(
                update(RegistrationRecord).where(RegistrationRecord.id.in_(ids)).values(seat=1)
            )
        )


def test_an_application_for_another_exam_is_refused(office):
    manager = office.trained(qualification="chemicals_trade_manager")
    other = office.do(apply, actor=manager, qualification="chemicals_trade_manager", part=Part.THEORY)
    with pytest.raises(OtherExam):
        office.do(seat_candidates, office.planned(), registration_ids=[other])


def test_nobody_is_seated_twice(office):
    sitting_id = office.planned()
    registration_id = office.applied(office.trained())
    office.do(seat_candidates, sitting_id, registration_ids=[registration_id])
    with pytest.raises(NotWaiting):
        office.do(seat_candidates, sitting_id, registration_ids=[registration_id])


def test_nobody_sits_in_two_rooms_at_once(office):
    zhang = office.trained()
    office.train(zhang, qualification="chemicals_trade_manager")
    first = office.planned()
    office.do(seat_candidates, first, registration_ids=[office.applied(zhang)])
    other_house = type(office)(office.workplace)
    other_house.now = office.now
    second = other_house.planned(qualification="chemicals_trade_manager")
    other = office.do(apply, actor=zhang, qualification="chemicals_trade_manager", part=Part.THEORY)
    with pytest.raises(CandidateIsBusy):
        office.do(seat_candidates, second, registration_ids=[other])


def test_what_has_changed_since_the_application_is_noticed(office):
    zhang = office.trained()
    registration_id = office.applied(zhang)
    office.do(bar_person, person_id=zhang.person_id, until=office.now.date() + timedelta(days=30), reason="替考")
    with pytest.raises(NoLongerAdmitted):
        office.do(seat_candidates, office.planned(), registration_ids=[registration_id])
    assert office.look(registration, registration_id).state is State.APPLIED


def test_a_seat_is_taken_back_with_a_reason_and_free_again(office):
    sitting_id = office.planned(capacity=1)
    zhang, li = office.trained(), office.trained()
    first, second = office.applied(zhang), office.applied(li)
    office.do(seat_candidates, sitting_id, registration_ids=[first])
    with pytest.raises(ReasonMissing):
        office.do(unseat_candidate, sitting_id, registration_id=first, reason=" ")
    office.do(unseat_candidate, sitting_id, registration_id=first, reason="生病")
    with pytest.raises(OtherExam):
        office.do(unseat_candidate, sitting_id, registration_id=first, reason="生病")
    office.do(seat_candidates, sitting_id, registration_ids=[second])
    (row,) = office.look(seated, sitting_id)
    assert row.person_id == li.person_id
    assert row.admission_number.endswith("-002")  # a number is never used again


def test_a_withdrawn_candidate_leaves_the_seat(office):
    sitting_id = office.planned(capacity=1)
    zhang = office.trained()
    registration_id = office.applied(zhang)
    office.do(seat_candidates, sitting_id, registration_ids=[registration_id])
    office.do(withdraw_registration, actor=zhang, registration_id=registration_id)
    assert office.do(seat_candidates, sitting_id, registration_ids=[office.applied(office.trained())]) == 1


def test_a_confirmed_sitting_takes_no_more(office):
    sitting_id = office.confirmed(office.trained())
    with pytest.raises(StepOutOfOrder):
        office.do(seat_candidates, sitting_id, registration_ids=[office.applied(office.trained())])
