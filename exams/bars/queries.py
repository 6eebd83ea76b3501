"""Bars as the exam office sees them, and those that speak against an application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from exams.bars.errors import NoSuchBar
from exams.bars.rules import POINTS, BarId, BarState, Ground, Held
from exams.bars.tables import BarLiftRecord, BarRecord
from kernel.clock import shanghai_date
from kernel.work import Reading
from people.accounts import queries as accounts
from people.regions.queries import within

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar with the name of who is barred and, where it was lifted, when and why."""

    id: BarId
    person_id: UUID
    name: str
    ground: Ground
    reason: str
    begins: date
    until: date
    state: BarState
    lifted_at: datetime | None
    lift_reason: str | None


@dataclass(frozen=True, slots=True)
class BarAgainst:
    """What speaks against an application: the last day, why, and the point of the regime that it rests on, if any."""

    until: date
    reason: str
    point: str | None


@dataclass(frozen=True, slots=True)
class BarPage:
    rows: tuple[BarRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_ROWS))


def bars(reading: Reading, *, page: int = 1) -> BarPage:
    """The bars that offices within the actor's scope have set, the newest first. They hold everywhere all the same."""
    here = within(reading, BarRecord.region_code)
    total = reading.session.scalar(select(func.count()).select_from(BarRecord).where(here)) or 0
    newest = _with_lifts().where(here).order_by(BarRecord.recorded_at.desc(), BarRecord.id.desc())
    found = reading.session.execute(newest.offset((max(1, page) - 1) * PAGE_ROWS).limit(PAGE_ROWS))
    return BarPage(tuple(_rows(reading, [(row[0], row[1]) for row in found])), total, max(1, page))


def bar(reading: Reading, bar_id: UUID) -> BarRow:
    """One that an office within the actor's scope has set. Raises NoSuchBar."""
    wanted = _with_lifts().where(BarRecord.id == bar_id, within(reading, BarRecord.region_code))
    found = reading.session.execute(wanted).first()
    if found is None:
        raise NoSuchBar
    return _rows(reading, [(found[0], found[1])])[0]


def bars_against(reading: Reading, person_id: UUID) -> list[BarAgainst]:
    """Every bar of a person, set wherever, that was not lifted; those that are over are among them."""
    unlifted = (
        select(BarRecord)
        .outerjoin(BarLiftRecord, BarLiftRecord.bar_id == BarRecord.id)
        .where(BarRecord.person_id == person_id, BarLiftRecord.bar_id.is_(None))
    )
    return [
        BarAgainst(record.until, record.reason, POINTS.get(record.ground))
        for record in reading.session.scalars(unlifted)
    ]


def _with_lifts() -> Select[BarRecord, BarLiftRecord]:
    return select(BarRecord, BarLiftRecord).outerjoin(BarLiftRecord, BarLiftRecord.bar_id == BarRecord.id)


def _rows(reading: Reading, found: Sequence[tuple[BarRecord, BarLiftRecord | None]]) -> list[BarRow]:
    names = accounts.people(reading, [record.person_id for record, _ in found])
    today = shanghai_date(reading.now)
    return [
        BarRow(
            id=BarId(record.id),
            person_id=record.person_id,
            name=names[record.person_id].name,
            ground=record.ground,
            reason=record.reason,
            begins=record.begins,
            until=record.until,
            state=Held(record.until, lift is not None).state(today),
            lifted_at=lift.lifted_at if lift else None,
            lift_reason=lift.reason if lift else None,
        )
        for record, lift in found
    ]
