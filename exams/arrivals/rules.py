"""Where a candidate may sit. Pure."""

from collections.abc import Iterable

from exams.arrivals.errors import NoSuchSeat, SeatIsTaken


def check_seat(seat: int, *, seats: Iterable[int], taken: Iterable[int]) -> None:
    """Raises NoSuchSeat, SeatIsTaken unless a candidate may move to `seat`."""
    if seat not in set(seats):
        raise NoSuchSeat({"seat": NoSuchSeat(seat=seat)}, seat=seat)
    if seat in set(taken):
        raise SeatIsTaken(seat=seat)
