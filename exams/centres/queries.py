"""Sites, rooms, seats and staff as the exam office sees them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select, true

from exams.centres.errors import NoSuchCentre, NoSuchRoom, NoSuchSeat, NotInThePool
from exams.centres.rules import CentreId, Duty, PoolMember, RoomId, RoomKind, Seat, StaffId
from exams.centres.tables import CentreRecord, RoomRecord, SeatRecord, StaffRecord
from kernel.db import among
from kernel.work import Reading
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class CentreRow:
    id: CentreId
    code: str
    names: Mapping[str, str]
    address: str
    organisation_id: UUID | None
    region: str | None


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room with its centre; `seats` is how many can be used today."""

    id: RoomId
    centre: CentreRow
    code: str
    names: Mapping[str, str]
    kind: RoomKind
    rows: int
    columns: int
    seats: int


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: StaffId
    centre_id: CentreId
    person_id: UUID
    certificate_number: str
    member: PoolMember


def in_scope(reading: Reading, centre_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row, whose centre stands in `centre_id`, lies within what the actor acts for."""
    if reading.actor.scope.is_everywhere:
        return true()
    here = select(CentreRecord.id).where(within(reading, CentreRecord.region_code))
    return centre_id.in_(here)


def centres(reading: Reading) -> list[CentreRow]:
    """The centres within the actor's scope, by code."""
    rows = select(CentreRecord).where(within(reading, CentreRecord.region_code)).order_by(CentreRecord.code)
    return [_centre(record) for record in reading.session.scalars(rows)]


def centre(reading: Reading, centre_id: UUID) -> CentreRow:
    """One within the actor's scope. Raises NoSuchCentre."""
    record = reading.session.get(CentreRecord, centre_id)
    if record is None or not reading.actor.scope.covers(record.region_code):
        raise NoSuchCentre
    return _centre(record)


def centre_coded(reading: Reading, code: str) -> CentreRow | None:
    record = reading.session.scalars(select(CentreRecord).where(CentreRecord.code == code)).first()
    return None if record is None else _centre(record)


def rooms(reading: Reading, centre_id: UUID | None = None, *, only: Collection[UUID] | None = None) -> list[RoomRow]:
    """The rooms within the actor's scope: all, or those of one centre, or only those with these ids."""
    # Counted room by room: an exam day asks for one room a hundred times a second, and a province has thousands.
    seats_in_use = select(func.count()).where(SeatRecord.room_id == RoomRecord.id, SeatRecord.out_of_use.is_(None))
    seats = seats_in_use.scalar_subquery()
    statement = (
        select(RoomRecord, CentreRecord, seats)
        .join(CentreRecord, CentreRecord.id == RoomRecord.centre_id)
        .where(within(reading, CentreRecord.region_code))
        .order_by(CentreRecord.code, RoomRecord.code)
    )
    if centre_id is not None:
        statement = statement.where(RoomRecord.centre_id == centre_id)
    if only is not None:
        statement = statement.where(among(RoomRecord.id, only))
    return [_room(*row) for row in reading.session.execute(statement)]


def room(reading: Reading, room_id: UUID) -> RoomRow:
    """Raises NoSuchRoom."""
    for found in rooms(reading, only=[room_id]):
        return found
    raise NoSuchRoom


def seats(reading: Reading, room_id: UUID) -> tuple[Seat, ...]:
    """The seats of a room by number, with where each stands."""
    records = reading.session.scalars(
        select(SeatRecord).where(SeatRecord.room_id == room_id).order_by(SeatRecord.number)
    )
    return tuple(Seat(record.number, record.row, record.column, record.out_of_use) for record in records)


def usable_seats(reading: Reading, room_id: UUID) -> tuple[Seat, ...]:
    """The seats of a room on which somebody may be seated."""
    return tuple(seat for seat in seats(reading, room_id) if seat.out_of_use is None)


def seat_record(reading: Reading, room_id: UUID, number: int) -> SeatRecord:
    """For this room's own actions. Raises NoSuchRoom, NoSuchSeat."""
    record = reading.session.get(SeatRecord, (room(reading, room_id).id, number), with_for_update=True)
    if record is None:
        raise NoSuchSeat
    return record


def pool(reading: Reading, centre_id: UUID, duty: Duty | None = None) -> list[StaffRow]:
    """Who is in a centre's pool now, by duty and name."""
    statement = select(StaffRecord).where(StaffRecord.centre_id == centre_id, StaffRecord.left_at.is_(None))
    if duty is not None:
        statement = statement.where(StaffRecord.duty == duty)
    return [_staff(record) for record in reading.session.scalars(statement.order_by(StaffRecord.duty, StaffRecord.id))]


def staff_member(reading: Reading, centre_id: UUID, staff_id: UUID) -> StaffRow:
    """Somebody of this centre's pool, also one who has left it. Raises NoSuchCentre, NotInThePool."""
    record = reading.session.get(StaffRecord, staff_id)
    if record is None or record.centre_id != centre(reading, centre_id).id:
        raise NotInThePool
    return _staff(record)


def staff_record(reading: Reading, staff_id: UUID) -> StaffRecord:
    """For this room's own actions. Raises NotInThePool, NoSuchCentre."""
    record = reading.session.get(StaffRecord, staff_id, with_for_update=True)
    if record is None:
        raise NotInThePool
    centre(reading, record.centre_id)
    return record


def _centre(record: CentreRecord) -> CentreRow:
    return CentreRow(
        CentreId(record.id), record.code, record.names, record.address, record.organisation_id, record.region_code
    )


def _room(record: RoomRecord, centre_record: CentreRecord, seat_count: int) -> RoomRow:
    return RoomRow(
        RoomId(record.id),
        _centre(centre_record),
        record.code,
        record.names,
        record.kind,
        record.rows,
        record.columns,
        seat_count,
    )


def _staff(record: StaffRecord) -> StaffRow:
    return StaffRow(
        StaffId(record.id),
        CentreId(record.centre_id),
        record.person_id,
        record.certificate_number,
        PoolMember(
            name=record.name,
            duty=record.duty,
            qualifications=frozenset(record.qualifications),
            certificate_until=record.certificate_until,
            is_active=record.left_at is None,
        ),
    )


def lock_room(reading: Reading, room_id: UUID) -> None:
    """Make everybody else who plans in this room wait until this work is over."""
    reading.session.get(RoomRecord, room_id, with_for_update=True)
