"""Where a candidate may sit."""

from datetime import UTC, datetime, timedelta

import pytest

from exams.arrivals.errors import NoSuchSeat, SeatIsTaken
from exams.arrivals.rules import check_seat
from exams.attempts.rules import State

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OVER = (State.SUBMITTED, State.RUN_OUT, State.ENDED)


def test_nobody_moves_to_a_seat_that_is_taken_or_not_there():
    check_seat(3, seats=[1, 2, 3], taken=[1, 2])
    with pytest.raises(SeatIsTaken):
        check_seat(2, seats=[1, 2, 3], taken=[1, 2])
    with pytest.raises(NoSuchSeat):
        check_seat(4, seats=[1, 2, 3], taken=[])
