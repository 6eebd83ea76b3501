"""Seats for the first of the queue: who may not sit any more holds nobody up."""

from datetime import timedelta

import pytest

from exams.bars.actions import bar_person
from exams.registrations.actions import apply
from exams.registrations.queries import registration, seated
from exams.registrations.rules import State, Subject
from exams.sittings import actions as sittings
from exams.sittings.errors import SittingIsFull, StepOutOfOrder
from exams.sittings.queries import lots
from exams.standards.rules import Part
from kernel.errors import Forbidden
from people.access.rules import Role


@pytest.fixture(autouse=True)
def empty_queue(office):
    """Whoever other tests left in the queue is given a seat somewhere, in a sitting of the distant future."""
    house = type(office)(office.workplace)
    house.now = office.now
    far = house.planned(in_days=300)
    while house.do(sittings.seat_first, far, count=6).seated:
        far = house.planned(in_days=301)
        house.now += timedelta(days=1)


def barred(office, worker):
    until = office.now.date() + timedelta(days=30)
    office.do(bar_person, person_id=worker.person_id, until=until, reason="替考")


def test_only_the_office_gives_seats(office):
    with pytest.raises(Forbidden):
        office.do(sittings.seat_first, office.planned(), count=1, actor=office.actor(Role.INVIGILATOR))


def test_who_may_not_sit_any_more_is_refused_and_the_next_ones_are_seated(office):
    workers = [office.trained() for _ in range(4)]
    rows = [office.applied(worker) for worker in workers]
    barred(office, workers[0])
    barred(office, workers[2])
    sitting_id = office.planned()
    done = office.do(sittings.seat_first, sitting_id, count=2)
    assert (done.seated, list(done.passed_over)) == (2, [rows[0], rows[2]])
    assert {row.person_id for row in office.look(seated, sitting_id)} == {workers[1].person_id, workers[3].person_id}
    for row_id in (rows[0], rows[2]):
        row = office.look(registration, row_id)
        assert (row.state, [check.subject for check in row.decision.unmet]) == (State.REFUSED, [Subject.BAR])


def test_those_behind_the_last_seat_are_not_decided_about(office):
    first, last = office.trained(), office.trained()
    rows = [office.applied(first), office.applied(last)]
    barred(office, last)
    done = office.do(sittings.seat_first, office.planned(), count=1)
    assert (done.seated, done.passed_over) == (1, ())
    assert office.look(registration, rows[1]).state is State.APPLIED


def test_who_sits_elsewhere_at_that_time_is_passed_over_and_goes_on_waiting(office):
    zhang, li = office.trained(), office.trained()
    office.train(zhang, qualification="chemicals_trade_manager")
    house = type(office)(office.workplace)
    house.now = office.now
    elsewhere = house.planned(qualification="chemicals_trade_manager")
    other = office.do(apply, actor=zhang, qualification="chemicals_trade_manager", part=Part.THEORY)
    house.do(sittings.seat_candidates, elsewhere, registration_ids=[other])
    waits, sits = office.applied(zhang), office.applied(li)
    done = office.do(sittings.seat_first, office.planned(), count=1)
    assert list(done.passed_over) == [waits]
    assert office.look(registration, waits).state is State.APPLIED
    assert office.look(registration, sits).state is State.SEATED


def test_a_queue_without_anybody_fit_draws_no_lot(office):
    zhang = office.trained()
    office.applied(zhang)
    barred(office, zhang)
    sitting_id = office.planned()
    done = office.do(sittings.seat_first, sitting_id, count=3)
    assert (done.seated, len(done.passed_over)) == (0, 1)
    assert office.look(lots, sitting_id) == []


def test_more_than_there_are_seats_is_refused_and_nobody_is_touched(office):
    zhang = office.trained()
    row = office.applied(zhang)
    barred(office, zhang)
    with pytest.raises(SittingIsFull):
        office.do(sittings.seat_first, office.planned(capacity=1), count=2)
    assert office.look(registration, row).state is State.APPLIED
    office.now += timedelta(days=1)
    with pytest.raises(StepOutOfOrder):
        office.do(sittings.seat_first, office.confirmed(office.trained()), count=1)
