"""Every write about sites and staff. `set_up_centre` does a whole one at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from exams.centres import queries
from exams.centres.errors import SAY_WHY_NOT_THIS_SEAT, AlreadyInThePool, CodeTaken
from exams.centres.events import CentreAdded, RoomAdded, SeatPutBack, SeatTakenOutOfUse, StaffJoined, StaffLeft
from exams.centres.rules import (
    CentreId,
    Duty,
    RoomId,
    RoomKind,
    StaffId,
    readable_code,
    readable_names,
    require_trades,
    seats_of,
)
from exams.centres.tables import CentreRecord, RoomRecord, SeatRecord, StaffRecord
from kernel.because import because
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.errors import NoSuchPerson
from people.appointments.queries import require_within
from people.organisations.queries import organisation
from people.regions.queries import place_for


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPlan:
    """A room to be added; `names` as {"zh", "en"}."""

    code: str
    names: Mapping[str, str]
    kind: RoomKind
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlan:
    """Somebody to be taken into the pool; `qualifications` are the trades of an examiner."""

    person_id: UUID
    duty: Duty
    qualifications: Sequence[str] = ()
    certificate_number: str = ""
    certificate_until: date | None = None


@action(needs=Permission.MANAGE_CENTRES)
def set_up_centre(
    work: Work,
    *,
    code: str,
    names: Mapping[str, str],
    address: str,
    organisation_id: UUID | None = None,
    region: str | None = None,
    rooms: Sequence[RoomPlan] = (),
    staff: Sequence[StaffPlan] = (),
) -> CentreId:
    """A centre with rooms, seats and pool. What is there already, by code or person, stays as it is."""
    known = queries.centre_coded(work, code)
    if known is None:
        centre_id = add_centre(
            work, code=code, names=names, address=address, organisation_id=organisation_id, region=region
        )
    else:
        centre_id = queries.centre(work, known.id).id
    there = {room.code for room in queries.rooms(work, centre_id)}
    for room in rooms:
        if room.code not in there:
            add_room(work, centre_id=centre_id, plan=room)
    pooled = {(row.person_id, row.member.duty) for row in queries.pool(work, centre_id)}
    for plan in staff:
        if (plan.person_id, plan.duty) not in pooled:
            add_staff(work, centre_id=centre_id, plan=plan)
    return centre_id


@action(needs=Permission.MANAGE_CENTRES)
def add_centre(
    work: Work,
    *,
    code: str,
    names: Mapping[str, str],
    address: str,
    organisation_id: UUID | None = None,
    region: str | None = None,
) -> CentreId:
    """A site within what the actor acts for; without `region` it stands where its organisation does.

    Raises:
        CodeMissing, NameMissing, CodeTaken.
        RegionCodeShape, RegionNotKnown, RegionGone, RegionMissing, NoSuchRegion.
    """
    place = place_for(work, region, otherwise=_region_of(work, organisation_id))
    code, names = readable_code(code), readable_names(names)
    if queries.centre_coded(work, code) is not None:
        raise CodeTaken(fields={"code": CodeTaken(code=code)}, code=code)
    centre_id = CentreId(new_id())
    work.session.add(
        CentreRecord(
            id=centre_id,
            code=code,
            names=names,
            address=address.strip(),
            organisation_id=organisation_id,
            region_code=place,
            added_at=work.now,
        )
    )
    work.session.flush()
    work.announce(CentreAdded(centre_id=centre_id, code=code, region=place))
    return centre_id


def _region_of(work: Work, organisation_id: UUID | None) -> str | None:
    return organisation(work, organisation_id).region if organisation_id else None


@action(needs=Permission.MANAGE_CENTRES)
def add_room(work: Work, *, centre_id: CentreId, plan: RoomPlan) -> RoomId:
    """A room with its seats, numbered from the front left.

    Raises:
        NoSuchCentre, CodeMissing, NameMissing, CodeTaken, RoomTooLarge.
    """
    centre = queries.centre(work, centre_id)
    code, names = readable_code(plan.code), readable_names(plan.names)
    if code in {room.code for room in queries.rooms(work, centre.id)}:
        raise CodeTaken(fields={"code": CodeTaken(code=code)}, code=code)
    seats = seats_of(plan.rows, plan.columns)
    room_id = RoomId(new_id())
    work.session.add(
        RoomRecord(
            id=room_id,
            centre_id=centre.id,
            code=code,
            names=names,
            kind=plan.kind,
            rows=plan.rows,
            columns=plan.columns,
        )
    )
    work.session.flush()
    work.session.add_all(SeatRecord(room_id=room_id, number=s.number, row=s.row, column=s.column) for s in seats)
    work.session.flush()
    work.announce(RoomAdded(room_id=room_id, centre_id=centre.id, seats=len(seats)))
    return room_id


@action(needs=Permission.MANAGE_CENTRES)
def take_seat_out_of_use(work: Work, *, room_id: UUID, number: int, reason: str) -> None:
    """Nobody is seated here until it is put back; who has the seat already keeps it until an invigilator moves them.

    Raises:
        NoSuchSeat, ReasonMissing.
    """
    seat = queries.seat_record(work, room_id, number)
    seat.out_of_use = because(reason, SAY_WHY_NOT_THIS_SEAT)
    work.announce(SeatTakenOutOfUse(room_id=room_id, number=number, reason=seat.out_of_use))


@action(needs=Permission.MANAGE_CENTRES)
def put_seat_back(work: Work, *, room_id: UUID, number: int) -> None:
    """The seat can be used again; on one that is in use it changes nothing. Raises NoSuchSeat."""
    seat = queries.seat_record(work, room_id, number)
    if seat.out_of_use is not None:
        seat.out_of_use = None
        work.announce(SeatPutBack(room_id=room_id, number=number))


@action(needs=Permission.MANAGE_CENTRES)
def add_staff(work: Work, *, centre_id: CentreId, plan: StaffPlan) -> StaffId:
    """Take a person into the pool.

    Raises:
        NoSuchCentre, NoSuchPerson, TradesMissing, TradesOfAnInvigilator, AlreadyInThePool.
    """
    centre = queries.centre(work, centre_id)
    person = accounts.person(work, plan.person_id)
    if person is None:
        raise NoSuchPerson
    require_within(work, person.id)
    require_trades(plan.duty, plan.qualifications)
    if any(row.person_id == plan.person_id for row in queries.pool(work, centre.id, plan.duty)):
        raise AlreadyInThePool(name=person.name)
    staff_id = StaffId(new_id())
    work.session.add(
        StaffRecord(
            id=staff_id,
            centre_id=centre.id,
            person_id=plan.person_id,
            name=person.name,
            duty=plan.duty,
            qualifications=sorted(plan.qualifications),
            certificate_number=plan.certificate_number,
            certificate_until=plan.certificate_until,
            joined_at=work.now,
        )
    )
    work.session.flush()
    work.announce(StaffJoined(staff_id=staff_id, centre_id=centre.id, person_id=plan.person_id, duty=plan.duty.value))
    return staff_id


@action(needs=Permission.MANAGE_CENTRES)
def remove_staff(work: Work, *, staff_id: UUID) -> None:
    """Somebody leaves the pool; duties already done stay on record. Raises NotInThePool."""
    record = queries.staff_record(work, staff_id)
    if record.left_at is None:
        record.left_at = work.now
        work.announce(StaffLeft(staff_id=record.id, person_id=record.person_id))
