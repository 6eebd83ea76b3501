"""Face-to-face hours."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from kernel.work import Reading
from training.classes.rules import ClassHours, Part
from training.classes.tables import AttendanceRecord, ClassRecord


def attended(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[UUID, ClassHours]:
    """Hours attended in person, by enrolment; who attended nothing is missing."""
    rows = reading.session.execute(
        select(
            AttendanceRecord.enrolment_id,
            func.coalesce(func.sum(ClassRecord.hours).filter(ClassRecord.part == Part.THEORY), 0),
            func.coalesce(func.sum(ClassRecord.hours).filter(ClassRecord.part == Part.PRACTICAL), 0),
        )
        .join(ClassRecord, ClassRecord.id == AttendanceRecord.class_id)
        .where(AttendanceRecord.enrolment_id.in_(enrolment_ids))
        .group_by(AttendanceRecord.enrolment_id)
    )
    return {enrolment: ClassHours(Decimal(theory), Decimal(practical)) for enrolment, theory, practical in rows}


def attended_on(reading: Reading, enrolment_ids: Sequence[UUID], day: date) -> dict[UUID, Decimal]:
    """Hours attended in person on one day, by enrolment."""
    rows = reading.session.execute(
        select(AttendanceRecord.enrolment_id, func.sum(ClassRecord.hours))
        .join(ClassRecord, ClassRecord.id == AttendanceRecord.class_id)
        .where(AttendanceRecord.enrolment_id.in_(enrolment_ids), ClassRecord.held_on == day)
        .group_by(AttendanceRecord.enrolment_id)
    )
    return {enrolment: Decimal(hours) for enrolment, hours in rows}


def first_days(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day of the first class, by enrolment."""
    rows = reading.session.execute(
        select(AttendanceRecord.enrolment_id, func.min(ClassRecord.held_on))
        .join(ClassRecord, ClassRecord.id == AttendanceRecord.class_id)
        .where(AttendanceRecord.enrolment_id.in_(enrolment_ids))
        .group_by(AttendanceRecord.enrolment_id)
    )
    return {enrolment: day for enrolment, day in rows}  # noqa: C416 - a Row is not a pair to the type checker
