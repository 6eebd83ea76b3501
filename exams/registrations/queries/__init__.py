"""Who applied, what was decided and why. A candidate sees the own registrations; the office those of its scope."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from exams.registrations.errors import NoSuchRegistration
from exams.registrations.rules import (
    OPEN_STATES,
    Decision,
    Outcome,
    RegistrationId,
    State,
)
from exams.registrations.tables import EligibilityRecord, RegistrationRecord
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.organisations.queries import place_of_work
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """One registration. `exam_by` is the last day for the exam, counted from the application, if one is known."""

    id: RegistrationId
    person_id: UUID
    name: str
    qualification: str
    part: Part
    state: State
    decision: Decision
    attempt: int
    applied_at: datetime
    earliest_on: date
    exam_by: date | None
    sitting_id: UUID | None
    exam_on: date | None
    seat: int | None
    admission_number: str | None
    attended_at: datetime | None
    outcome: Outcome | None
    counts_until: date | None
    follows_id: UUID | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the office's list is narrowed to. `search`: part of a name, or the start of an admission number."""

    search: str = ""
    qualification: str | None = None
    part: Part | None = None
    state: State | None = None
    sitting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Trainers:
    """Who trained a candidate, in whatever: providers by id with their names, and the teachers."""

    providers: Mapping[UUID, str]
    teachers: frozenset[UUID]


def own_registrations(reading: Reading) -> list[RegistrationRow]:
    """The actor's registrations, the newest first."""
    records = reading.session.scalars(
        select(RegistrationRecord)
        .where(RegistrationRecord.person_id == reading.actor.person_id)
        .order_by(RegistrationRecord.applied_at.desc(), RegistrationRecord.id.desc())
    )
    return [row_of(record) for record in records]


def own_registration(reading: Reading, registration_id: UUID) -> RegistrationRow:
    """One of the actor's registrations. Raises NoSuchRegistration."""
    record = reading.session.get(RegistrationRecord, registration_id)
    if record is None or record.person_id != reading.actor.person_id:
        raise NoSuchRegistration
    return row_of(record)


def registration(reading: Reading, registration_id: UUID) -> RegistrationRow:
    """A registration within the actor's scope, for the office and the rooms above. Raises NoSuchRegistration."""
    record = reading.session.get(RegistrationRecord, registration_id)
    if record is None or not _covers(reading, record):
        raise NoSuchRegistration
    return row_of(record)


def _covers(reading: Reading, record: RegistrationRecord) -> bool:
    """Both who has them in the region and who examines them there."""
    scope = reading.actor.scope
    return scope.covers(record.region_code) or scope.covers(record.exam_region_code)


def _here(reading: Reading) -> ColumnElement[bool]:
    return or_(within(reading, RegistrationRecord.region_code), within(reading, RegistrationRecord.exam_region_code))


def registrations_of(reading: Reading, ids: Collection[UUID]) -> list[RegistrationRow]:
    """Those of `ids` that there are, for the office, who applied first on top."""
    wanted = select(RegistrationRecord).where(among(RegistrationRecord.id, ids), _here(reading))
    return [row_of(record) for record in reading.session.scalars(wanted.order_by(RegistrationRecord.applied_at))]


def registrations(reading: Reading, filters: Filters, *, page: int = 1) -> Page[RegistrationRow]:
    """One page of what passes `filters`, who waits longest on top; a page that is not there is the nearest one."""
    statement = _filtered(reading, filters)
    total = reading.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = nearest(page, total)
    records = reading.session.scalars(cut(statement, page))
    return Page(tuple(row_of(record) for record in records), total, page)


def all_registrations(reading: Reading, filters: Filters) -> tuple[RegistrationRow, ...]:
    """Everything that `registrations` shows on all its pages together."""
    return tuple(row_of(record) for record in reading.session.scalars(_filtered(reading, filters)))


def first_waiting(
    reading: Reading, qualification: str, part: Part, *, exam_on: date, count: int
) -> list[RegistrationRow]:
    """The `count` accepted applications that wait longest and may sit on that day."""
    wanted = _filtered(reading, Filters(qualification=qualification, part=part, state=State.APPLIED))
    records = reading.session.scalars(wanted.where(RegistrationRecord.earliest_on <= exam_on).limit(count))
    return [row_of(record) for record in records]


def waiting_counts(reading: Reading) -> dict[tuple[str, Part], int]:
    """How many accepted applications wait for a seat, by exam."""
    rows = reading.session.execute(
        select(RegistrationRecord.qualification, RegistrationRecord.part, func.count())
        .where(RegistrationRecord.state == State.APPLIED, _here(reading))
        .group_by(RegistrationRecord.qualification, RegistrationRecord.part)
    )
    return {(qualification, part): count for qualification, part, count in rows}


def seated(reading: Reading, sitting_id: UUID) -> tuple[RegistrationRow, ...]:
    """Everybody with a seat in a sitting, also after it is over, by seat."""
    records = reading.session.scalars(
        select(RegistrationRecord)
        .where(
            RegistrationRecord.sitting_id == sitting_id,
            RegistrationRecord.state.in_([State.SEATED, State.CONCLUDED]),
        )
        .order_by(RegistrationRecord.seat)
    )
    return tuple(row_of(record) for record in records)


def seated_people(reading: Reading, sitting_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Who has a seat in any of these sittings: person and sitting."""
    rows = reading.session.execute(
        select(RegistrationRecord.person_id, RegistrationRecord.sitting_id).where(
            among(RegistrationRecord.sitting_id, sitting_ids),
            RegistrationRecord.state.in_([State.SEATED, State.CONCLUDED]),
        )
    )
    return [(person, sitting) for person, sitting in rows if sitting is not None]


def seated_counts(reading: Reading, sitting_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many have a seat, by sitting."""
    rows = reading.session.execute(
        select(RegistrationRecord.sitting_id, func.count())
        .where(
            among(RegistrationRecord.sitting_id, sitting_ids),
            RegistrationRecord.state.in_([State.SEATED, State.CONCLUDED]),
        )
        .group_by(RegistrationRecord.sitting_id)
    )
    return {sitting_id: count for sitting_id, count in rows if sitting_id is not None}


def trainers(reading: Reading, person_ids: Collection[UUID]) -> dict[UUID, Trainers]:
    """Who trained these people, from all their eligibilities; nobody is missing."""
    found: dict[UUID, list[EligibilityRecord]] = {person_id: [] for person_id in person_ids}
    for record in reading.session.scalars(
        select(EligibilityRecord).where(among(EligibilityRecord.person_id, person_ids))
    ):
        found[record.person_id].append(record)
    return {
        person_id: Trainers(
            {record.provider_id: record.provider_name for record in records},
            frozenset(UUID(teacher) for record in records for teacher in record.teacher_ids),
        )
        for person_id, records in found.items()
    }


def place_of(reading: Reading, person_id: UUID) -> str | None:
    """The region in which somebody's application lies: where they work, else where they learned last."""
    providers = select(EligibilityRecord.provider_id).where(EligibilityRecord.person_id == person_id)
    newest = list(reading.session.scalars(providers.order_by(EligibilityRecord.granted_on.desc()).limit(1)))
    return place_of_work(reading, person_id, otherwise=newest)


def own_qualifications(reading: Reading) -> list[str]:
    """The qualifications for which the actor's training has reached the exam body, oldest first."""
    rows = reading.session.scalars(
        select(EligibilityRecord.qualification)
        .where(EligibilityRecord.person_id == reading.actor.person_id)
        .order_by(EligibilityRecord.granted_on)
    )
    return list(dict.fromkeys(rows))


def registration_record(reading: Reading, registration_id: UUID) -> RegistrationRecord:
    """The row, locked, for this room's own actions. Raises NoSuchRegistration."""
    record = reading.session.get(RegistrationRecord, registration_id, with_for_update=True, populate_existing=True)
    if record is None or not _covers(reading, record):
        raise NoSuchRegistration
    return record


def open_records(reading: Reading, person_id: UUID, qualification: str, part: Part) -> list[RegistrationRecord]:
    """What waits or has a seat, locked, for this room's own actions."""
    wanted = (
        RegistrationRecord.person_id == person_id,
        RegistrationRecord.qualification == qualification,
        RegistrationRecord.part == part,
        RegistrationRecord.state.in_([*OPEN_STATES]),
    )
    return list(reading.session.scalars(select(RegistrationRecord).where(*wanted).with_for_update()))


def newest_record(reading: Reading, person_id: UUID, qualification: str, part: Part) -> RegistrationRecord | None:
    """The last application of a person for an exam, for this room's own actions."""
    return reading.session.scalars(
        select(RegistrationRecord)
        .where(
            RegistrationRecord.person_id == person_id,
            RegistrationRecord.qualification == qualification,
            RegistrationRecord.part == part,
        )
        .order_by(RegistrationRecord.applied_at.desc(), RegistrationRecord.id.desc())
        .limit(1)
    ).first()


def _filtered(reading: Reading, filters: Filters) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (RegistrationRecord.qualification, filters.qualification),
            (RegistrationRecord.part, filters.part),
            (RegistrationRecord.state, filters.state),
            (RegistrationRecord.sitting_id, filters.sitting_id),
        )
        if value is not None
    ]
    if search := filters.search.strip():
        by_name = RegistrationRecord.name.contains(search, autoescape=True)
        wanted.append(or_(by_name, RegistrationRecord.admission_number.startswith(search, autoescape=True)))
    waiting_first = RegistrationRecord.state != State.APPLIED
    return (
        select(RegistrationRecord)
        .where(_here(reading), *wanted)
        .order_by(waiting_first, RegistrationRecord.applied_at, RegistrationRecord.id)
    )


def row_of(record: RegistrationRecord) -> RegistrationRow:
    """The frozen view of a row, for this room's own actions."""
    decision = Decision.from_json(record.decision)
    days = standards.regime_coded(decision.regime).exam_after_application_days
    return RegistrationRow(
        id=RegistrationId(record.id),
        person_id=record.person_id,
        name=record.name,
        qualification=record.qualification,
        part=record.part,
        state=record.state,
        decision=decision,
        attempt=record.attempt,
        applied_at=record.applied_at,
        earliest_on=record.earliest_on,
        exam_by=None if days is None else shanghai_date(record.applied_at) + timedelta(days=days),
        sitting_id=record.sitting_id,
        exam_on=record.exam_on,
        seat=record.seat,
        admission_number=record.admission_number,
        attended_at=record.attended_at,
        outcome=record.outcome,
        counts_until=record.counts_until,
        follows_id=record.follows_id,
    )
