"""Sittings with their rooms, staff and counts. The office sees its scope's, staff those on which they are on duty."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, literal, or_, select

from exams.centres import queries as centres
from exams.centres.queries import RoomRow
from exams.centres.rules import Duty, RoomId
from exams.integrity.queries import SittingGround
from exams.papers import queries as papers
from exams.registrations import queries as registrations
from exams.sittings.errors import NoSuchSitting, NotOnDuty
from exams.sittings.queries.records import as_rules, house_rules, in_scope, record_of
from exams.sittings.rules import OFF, STEPS, SittingId, State
from exams.sittings.tables import DutyRecord, LotRecord, SittingRecord
from exams.standards.rules import Part, frozen_standard
from kernel.clock import SHANGHAI, shanghai_date
from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Somebody on duty; `lot_id` is set where a lot chose them, `taken_up_at` once they are there."""

    staff_id: UUID
    person_id: UUID
    name: str
    duty: Duty
    lot_id: UUID | None
    taken_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class LotRow:
    purpose: str
    method: int
    seed: str
    given: tuple[Any, ...]
    drawn: tuple[Any, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting; `standard` as it was when planned (minutes, pass_mark, blueprint, …)."""

    id: SittingId
    code: str
    room: RoomRow
    qualification: str
    part: Part
    starts_at: datetime
    ends_at: datetime
    capacity: int
    state: State
    standard: Mapping[str, Any]
    confirmed_at: datetime | None
    drawn_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    released_at: datetime | None
    off_at: datetime | None
    off_because: str | None
    seated: int

    @property
    def minutes(self) -> int:
        return int(self.standard["minutes"])

    @property
    def pass_mark(self) -> Decimal:
        return Decimal(self.standard["pass_mark"])

    @property
    def signatures(self) -> int:
        """How many people a release of its results takes."""
        return int(self.standard["signatures"])

    @property
    def is_off(self) -> bool:
        """Whether it was called off or annulled."""
        return self.state in OFF

    @property
    def reached(self) -> State:
        """The last step that was taken, also of a sitting that was called off or annulled after it."""
        taken = (self.confirmed_at, self.drawn_at, self.opened_at, self.closed_at, self.released_at)
        return STEPS[sum(at is not None for at in taken)]

    @property
    def ground(self) -> SittingGround:
        return SittingGround(self.id, shanghai_date(self.starts_at), self.standard["blueprint"])


@dataclass(frozen=True, slots=True)
class SittingTimes:
    """What a candidate's beginning depends on; one small statement, because a whole room begins in the same second."""

    state: State
    starts_at: datetime
    opened_at: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of sittings is narrowed to: part of the code, the exam, the state, the Shanghai day."""

    search: str = ""
    qualification: str | None = None
    part: Part | None = None
    state: State | None = None
    day: date | None = None


def sitting(reading: Reading, sitting_id: UUID) -> SittingRow:
    """One sitting. Raises NoSuchSitting."""
    return _rows(reading, [record_of(reading, sitting_id)])[0]


def sitting_times(reading: Reading, sitting_id: UUID) -> SittingTimes:
    """The times of one sitting. Raises NoSuchSitting."""
    columns = (SittingRecord.state, SittingRecord.starts_at, SittingRecord.opened_at, SittingRecord.standard)
    found = reading.session.execute(select(*columns).where(SittingRecord.id == sitting_id)).first()
    if found is None:
        raise NoSuchSitting
    return SittingTimes(found[0], found[1], found[2], int(frozen_standard(found[3])["minutes"]))


def id_coded(reading: Reading, code: str) -> UUID:
    """The id of the sitting with this code, for commands. Raises NoSuchSitting."""
    wanted = select(SittingRecord.id).where(SittingRecord.code == code, in_scope(reading, SittingRecord.id))
    found = reading.session.scalar(wanted)
    if found is None:
        raise NoSuchSitting
    return found


def codes_of(reading: Reading, ids: Collection[UUID], *, begun_before: datetime) -> tuple[str, ...]:
    """Codes of those that were held and began before then, of whatever region: a code gives nothing away."""
    held = select(SittingRecord.code).where(
        among(SittingRecord.id, ids),
        SittingRecord.opened_at < begun_before,
        SittingRecord.state.in_([State.OPEN, State.CLOSED, State.RELEASED]),
    )
    return tuple(reading.session.scalars(held.order_by(SittingRecord.code)))


def sittings(reading: Reading, filters: Filters | None = None, *, page: int = 1) -> Page[SittingRow]:
    """One page of the sittings that `filters` leave: those that are not over first, the next one on top."""
    statement = _filtered(reading, filters or Filters())
    total = reading.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    page = nearest(page, total)
    records = reading.session.scalars(cut(_in_order(statement), page)).all()
    return Page(tuple(_rows(reading, list(records))), total, page)


def all_sittings(reading: Reading, filters: Filters) -> list[SittingRow]:
    """Every sitting that `filters` leave, in the order of the list."""
    return _rows(reading, list(reading.session.scalars(_in_order(_filtered(reading, filters)))))


def _filtered(reading: Reading, filters: Filters) -> Select[SittingRecord]:
    wanted = (
        (SittingRecord.qualification, filters.qualification),
        (SittingRecord.part, filters.part),
        (SittingRecord.state, filters.state),
    )
    here = centres.in_scope(reading, SittingRecord.centre_id)
    statement = select(SittingRecord).where(here, *(column == value for column, value in wanted if value is not None))
    if filters.search:
        statement = statement.where(SittingRecord.code.contains(filters.search, autoescape=True))
    if filters.day is not None:
        begin = datetime.combine(filters.day, time(), SHANGHAI)
        # PostgreSQL counts on from there: its calendar goes beyond Python's last day.
        end = literal(begin, SittingRecord.starts_at.type) + ONE_DAY
        statement = statement.where(SittingRecord.starts_at >= begin, SittingRecord.starts_at < end)
    return statement


def _in_order(statement: Select[SittingRecord]) -> Select[SittingRecord]:
    is_over = SittingRecord.state.in_([State.RELEASED, *OFF])
    to_come = case((~is_over, SittingRecord.starts_at))
    return statement.order_by(is_over, to_come, SittingRecord.starts_at.desc())


def sittings_on_duty(reading: Reading) -> list[tuple[SittingRow, DutyRow]]:
    """The sittings on which the actor is on duty, the newest first."""
    found = reading.session.execute(
        select(SittingRecord, DutyRecord)
        .join(DutyRecord, DutyRecord.sitting_id == SittingRecord.id)
        .where(DutyRecord.person_id == reading.actor.person_id, DutyRecord.relieved_at.is_(None))
        .order_by(SittingRecord.starts_at.desc())
    ).all()
    rows = _rows(reading, [record for record, _ in found])
    return [(row, _duty(duty)) for row, (_, duty) in zip(rows, found, strict=True)]


def duties(reading: Reading, sitting_id: UUID) -> list[DutyRow]:
    """Who is on duty now, invigilators before examiners as they were assigned."""
    records = reading.session.scalars(
        select(DutyRecord)
        .where(DutyRecord.sitting_id == sitting_id, DutyRecord.relieved_at.is_(None))
        .order_by(DutyRecord.duty.desc(), DutyRecord.assigned_at, DutyRecord.id)
    )
    return [_duty(record) for record in records]


def is_any_open(reading: Reading) -> bool:
    """Whether an exam is held at this moment."""
    return (
        reading.session.scalar(select(SittingRecord.id).where(SittingRecord.state == State.OPEN).limit(1)) is not None
    )


def had_duty(reading: Reading, sitting_id: UUID) -> list[DutyRow]:
    """Everybody who is on duty or was: not those who were relieved before the sitting opened, without having come."""
    own = select(DutyRecord).join(SittingRecord, SittingRecord.id == DutyRecord.sitting_id)
    records = reading.session.scalars(
        own.where(DutyRecord.sitting_id == sitting_id, _HAD_DUTY).order_by(DutyRecord.assigned_at, DutyRecord.id)
    )
    return [_duty(record) for record in records]


def people_who_had_duty(reading: Reading, sitting_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """The same for many sittings at once: person and sitting."""
    rows = reading.session.execute(
        select(DutyRecord.person_id, DutyRecord.sitting_id)
        .join(SittingRecord, SittingRecord.id == DutyRecord.sitting_id)
        .where(among(DutyRecord.sitting_id, sitting_ids), _HAD_DUTY)
    )
    return [(person, sitting) for person, sitting in rows]


_HAD_DUTY = or_(
    DutyRecord.relieved_at.is_(None),
    DutyRecord.taken_up_at.is_not(None),
    DutyRecord.relieved_at >= SittingRecord.opened_at,
)


def require_on_duty(reading: Reading, sitting_id: UUID, duty: Duty | None = None) -> DutyRow:
    """The actor's own duty in a sitting. Raises NotOnDuty."""
    for row in duties(reading, sitting_id):
        if row.person_id == reading.actor.person_id and duty in (None, row.duty):
            return row
    raise NotOnDuty


def require_check_in(reading: Reading, sitting_id: UUID) -> None:
    """Raises NoSuchSitting, StepOutOfOrder, TooEarlyToCheckIn unless candidates are checked in now."""
    as_rules(record_of(reading, sitting_id)).require_check_in(reading.now, house_rules())


def is_relieved(reading: Reading, sitting_id: UUID, person_id: UUID | None) -> bool:
    """Whether a person was on duty in a sitting and was relieved of it."""
    return sitting_id in relieved_of(reading, person_id)


def relieved_of(reading: Reading, person_id: UUID | None) -> set[UUID]:
    """The sittings of which a person was relieved and has no duty any more."""
    own = select(DutyRecord.sitting_id).where(DutyRecord.person_id == person_id).group_by(DutyRecord.sitting_id)
    return set(reading.session.scalars(own.having(func.bool_and(DutyRecord.relieved_at.is_not(None)))))


def lots(reading: Reading, sitting_id: UUID) -> list[LotRow]:
    """What was drawn by lot for a sitting, in order."""
    records = reading.session.scalars(
        select(LotRecord).where(LotRecord.sitting_id == sitting_id).order_by(LotRecord.id)
    )
    return [LotRow(it.purpose, it.method, it.seed, tuple(it.given), tuple(it.drawn), it.at) for it in records]


def free_seats(reading: Reading, row: SittingRow) -> list[int]:
    """Seats of the room that this sitting uses and nobody has; the sitting uses the first `capacity`."""
    taken = {each.seat for each in registrations.seated(reading, row.id)}
    usable = centres.usable_seats(reading, row.room.id)[: row.capacity]
    return [seat.number for seat in usable if seat.number not in taken]


def without_paper(reading: Reading, row: SittingRow) -> int:
    """How many seated candidates have no paper; a practical has none to have."""
    if row.part is Part.PRACTICAL:
        return 0
    drawn = {paper.admission_number for paper in papers.papers(reading, row.id)}
    return sum(each.admission_number not in drawn for each in registrations.seated(reading, row.id))


def _rows(reading: Reading, records: list[SittingRecord]) -> list[SittingRow]:
    if not records:
        return []
    rooms = {room.id: room for room in centres.rooms(reading, only={record.room_id for record in records})}
    counts = registrations.seated_counts(reading, [record.id for record in records])
    return [
        SittingRow(
            id=SittingId(it.id),
            code=it.code,
            room=rooms[RoomId(it.room_id)],
            qualification=it.qualification,
            part=it.part,
            starts_at=it.starts_at,
            ends_at=it.ends_at,
            capacity=it.capacity,
            state=it.state,
            standard=frozen_standard(it.standard),
            confirmed_at=it.confirmed_at,
            drawn_at=it.drawn_at,
            opened_at=it.opened_at,
            closed_at=it.closed_at,
            released_at=it.released_at,
            off_at=it.off_at,
            off_because=it.off_because,
            seated=counts.get(it.id, 0),
        )
        for it in records
    ]


def _duty(record: DutyRecord) -> DutyRow:
    return DutyRow(record.staff_id, record.person_id, record.name, record.duty, record.lot_id, record.taken_up_at)
