"""Rows for the actions of this room, locked where they are about to change, and what stands in the way of a plan."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, select, true

from exams.centres import queries as centres
from exams.registrations import queries as registrations
from exams.sittings.errors import NoSuchSitting, NotOnDuty
from exams.sittings.rules import HouseRules, Sitting, State
from exams.sittings.tables import DutyRecord, SittingRecord
from exams.standards import queries as standards
from exams.standards.rules import frozen_standard
from kernel.db import among
from kernel.work import Reading


def sitting_record(reading: Reading, sitting_id: UUID) -> SittingRecord:
    """The row, locked, for this room's own actions. Raises NoSuchSitting."""
    return record_of(reading, sitting_id, locked=True)


def record_of(reading: Reading, sitting_id: UUID, *, locked: bool = False) -> SittingRecord:
    """The row, of a sitting within the actor's scope. Raises NoSuchSitting."""
    # Locked it is read anew: what the page read before may have been changed by whoever held the lock.
    record = reading.session.get(SittingRecord, sitting_id, with_for_update=locked or None, populate_existing=locked)
    if record is None or not is_in_scope(reading, record):
        raise NoSuchSitting
    return record


def in_scope(reading: Reading, sitting_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row, whose sitting stands in `sitting_id`, lies within what the actor acts for."""
    if reading.actor.scope.is_everywhere:
        return true()
    held_here = select(SittingRecord.id).where(centres.in_scope(reading, SittingRecord.centre_id))
    return sitting_id.in_(held_here)


def is_in_scope(reading: Reading, record: SittingRecord) -> bool:
    """Whether a sitting is held at a centre within what the actor acts for."""
    if reading.actor.scope.is_everywhere:
        return True
    found = select(SittingRecord.id).where(SittingRecord.id == record.id, in_scope(reading, SittingRecord.id))
    return reading.session.scalar(found) is not None


def duty_record(reading: Reading, sitting_id: UUID, person_id: UUID | None) -> DutyRecord:
    """The standing duty of a person, for this room's own actions. Raises NotOnDuty."""
    record = reading.session.scalars(
        select(DutyRecord)
        .where(DutyRecord.sitting_id == sitting_id, DutyRecord.person_id == person_id, DutyRecord.relieved_at.is_(None))
        .with_for_update()
    ).first()
    if record is None:
        raise NotOnDuty
    return record


def as_rules(record: SittingRecord) -> Sitting:
    """A row as its rules know it."""
    standard = frozen_standard(record.standard)
    return Sitting(record.state, record.part, record.starts_at, standard["invigilators"], standard["examiners"])


def house_rules() -> HouseRules:
    """Minutes around the start of every sitting."""
    rules = standards.room_rules()
    return HouseRules(
        check_in_opens=timedelta(minutes=rules["check_in_opens_minutes"].value),
        opens_early=timedelta(minutes=rules["opens_early_minutes"].value),
        opens_late=timedelta(minutes=rules["opens_late_minutes"].value),
    )


def overlapping(
    reading: Reading, starts_at: datetime, ends_at: datetime, *, without: UUID | None = None
) -> list[SittingRecord]:
    """Sittings that run at some moment between, with the time that a room needs in between; for this room's actions.

    A sitting that was closed, early or in time, or called off holds neither room nor people any longer.
    """
    gap = timedelta(minutes=standards.room_rules()["between_sittings_minutes"].value)
    statement = select(SittingRecord).where(
        SittingRecord.starts_at < ends_at + gap,
        SittingRecord.ends_at > starts_at - gap,
        SittingRecord.closed_at.is_(None),
        SittingRecord.off_at.is_(None),
    )
    return [record for record in reading.session.scalars(statement) if record.id != without]


def busy_people(reading: Reading, record: SittingRecord) -> dict[UUID, str]:
    """Person -> code of another sitting at that time on which they are on duty; for this room's actions."""
    others = {it.id: it.code for it in overlapping(reading, record.starts_at, record.ends_at, without=record.id)}
    rows = reading.session.execute(
        select(DutyRecord.person_id, DutyRecord.sitting_id).where(
            among(DutyRecord.sitting_id, others), DutyRecord.relieved_at.is_(None)
        )
    )
    return {person_id: others[sitting_id] for person_id, sitting_id in rows}


def busy_candidates(reading: Reading, record: SittingRecord) -> dict[UUID, str]:
    """Person -> code of another sitting at that time in which they have a seat; for this room's actions."""
    others = {it.id: it.code for it in overlapping(reading, record.starts_at, record.ends_at, without=record.id)}
    return {person: others[sitting] for person, sitting in registrations.seated_people(reading, list(others))}


def with_staff(reading: Reading, since: datetime) -> list[SittingRecord]:
    """Sittings from `since` on that are past planning and were or will be held, for the periodic check."""
    statement: Select[Any] = select(SittingRecord).where(
        SittingRecord.starts_at >= since, SittingRecord.state.not_in([State.PLANNED, State.CALLED_OFF])
    )
    return list(reading.session.scalars(statement.order_by(SittingRecord.id)))
