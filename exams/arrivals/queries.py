"""Who has come, and where everybody sits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from exams.arrivals.errors import NotCheckedIn
from exams.arrivals.tables import CheckInRecord
from exams.centres import queries as centres
from exams.registrations import queries as registrations
from exams.registrations.errors import NoSuchRegistration
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A candidate who was compared with identity card and photo, and the seat where they really sit."""

    at: datetime
    seat: int
    let_in_late_because: str | None


def check_ins(reading: Reading, sitting_id: UUID) -> dict[UUID, CheckIn]:
    """Who was checked in to a sitting, by registration."""
    rows = reading.session.scalars(select(CheckInRecord).where(CheckInRecord.sitting_id == sitting_id))
    return {row.registration_id: _check_in(row) for row in rows}


def check_in_of(reading: Reading, registration_id: UUID) -> CheckIn | None:
    """The check-in of one registration, where there is one."""
    row = reading.session.get(CheckInRecord, registration_id)
    return None if row is None else _check_in(row)


def check_in_record(reading: Reading, registration_id: UUID) -> CheckInRecord:
    """The row, locked, for this room's own actions. Raises NotCheckedIn."""
    record = reading.session.get(CheckInRecord, registration_id, with_for_update=True)
    if record is None:
        raise NotCheckedIn
    return record


def candidate(reading: Reading, registration_id: UUID) -> RegistrationRow:
    """A candidate with a seat in a sitting in which the actor is on duty. Raises NoSuchRegistration, NotOnDuty."""
    row = registrations.registration(reading, registration_id)
    if row.sitting_id is None or row.seat is None:
        raise NoSuchRegistration
    sittings.require_on_duty(reading, row.sitting_id)
    return row


def seat_numbers(reading: Reading, sitting: SittingRow) -> list[int]:
    """Every seat of the room that can be used, the spare ones included."""
    return [seat.number for seat in centres.usable_seats(reading, sitting.room.id)]


def taken_seats(reading: Reading, sitting_id: UUID, mover: UUID) -> set[int]:
    """Seats where others than `mover` sit, and those that are kept for candidates who may still come."""
    checked = check_ins(reading, sitting_id)
    others = [row for row in registrations.seated(reading, sitting_id) if row.id != mover]
    return {checked[row.id].seat if row.id in checked else row.seat for row in others if row.seat is not None}


def _check_in(row: CheckInRecord) -> CheckIn:
    return CheckIn(row.at, row.seat, row.let_in_late_because)
