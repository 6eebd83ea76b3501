"""Seats and the fitness of staff."""

from datetime import date
from typing import Any

import pytest

from exams.centres.errors import CertificateOver, LeftThePool, RoomTooLarge, TradeUnknownToExaminer
from exams.centres.rules import Duty, PoolMember, Seat, require_fit, seats_of

DAY = date(2026, 6, 10)


def member(**kwargs) -> PoolMember:
    given: dict[str, Any] = {
        "duty": Duty.INVIGILATOR,
        "qualifications": frozenset(),
        "certificate_until": None,
        "is_active": True,
    }
    return PoolMember(name="李四", **(given | kwargs))


def test_seats_are_numbered_row_by_row():
    seats = seats_of(2, 3)
    assert seats[3] == Seat(4, 2, 1)
    assert [seat.number for seat in seats] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("rows", "columns"), [(0, 5), (5, 0), (-1, -1), (21, 10)])
def test_a_room_has_some_seats_and_not_too_many(rows, columns):
    with pytest.raises(RoomTooLarge):
        seats_of(rows, columns)


def test_an_invigilator_needs_no_trade():
    require_fit(member(), "low_voltage", DAY)


def test_an_examiner_knows_the_trade():
    require_fit(member(duty=Duty.EXAMINER, qualifications=frozenset({"low_voltage"})), "low_voltage", DAY)
    with pytest.raises(TradeUnknownToExaminer):
        require_fit(member(duty=Duty.EXAMINER, qualifications=frozenset({"welding"})), "low_voltage", DAY)


def test_a_staff_certificate_counts_on_its_last_day():
    require_fit(member(certificate_until=DAY), "low_voltage", DAY)
    with pytest.raises(CertificateOver):
        require_fit(member(certificate_until=date(2026, 6, 9)), "low_voltage", DAY)


def test_who_has_left_is_not_assigned():
    with pytest.raises(LeftThePool):
        require_fit(member(is_active=False), "low_voltage", DAY)
