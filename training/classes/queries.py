"""Face-to-face hours. What was struck out is shown where it was recorded, and counts nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.accounts import queries as accounts
from training.classes.errors import NoSuchClass
from training.classes.rules import Attendance, Attended, ClassHours, Part
from training.classes.tables import AttendanceRecord, AttendanceStrikeRecord, ClassRecord, CountedAttendance
from training.enrolments import queries as enrolments
from training.enrolments.rules import State


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClass:
    """A recorded class. `begins` is None where it was recorded before beginnings were asked for."""

    id: UUID
    provider_id: UUID
    qualification: str
    part: Part
    subject: str
    place: str
    held_on: date
    begins: time | None
    hours: Decimal
    teacher_id: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AttendedClass:
    """A class as one learner's file shows it; `struck_reason` is None while it counts."""

    held: HeldClass
    struck_reason: str | None


def attended(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[UUID, ClassHours]:
    """Hours that count, by enrolment; who attended nothing is missing."""
    hours = func.sum(CountedAttendance.hours)
    rows = reading.session.execute(
        select(
            CountedAttendance.enrolment_id,
            func.coalesce(hours.filter(CountedAttendance.part == Part.THEORY), 0),
            func.coalesce(hours.filter(CountedAttendance.part == Part.PRACTICAL), 0),
        )
        .where(among(CountedAttendance.enrolment_id, enrolment_ids))
        .group_by(CountedAttendance.enrolment_id)
    )
    return {enrolment: ClassHours(Decimal(theory), Decimal(practical)) for enrolment, theory, practical in rows}


def attended_on(reading: Reading, person_ids: Sequence[UUID], day: date) -> dict[UUID, list[Attended]]:
    """The classes that count for persons on one day, at any provider and in any course."""
    rows = reading.session.execute(
        select(CountedAttendance.person_id, CountedAttendance.begins, CountedAttendance.hours).where(
            among(CountedAttendance.person_id, person_ids), CountedAttendance.held_on == day
        )
    )
    found: dict[UUID, list[Attended]] = {}
    for person, begins, hours in rows:
        found.setdefault(person, []).append(Attended(begins, hours))
    return found


def first_days(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day of the first class that counts, by enrolment."""
    rows = reading.session.execute(
        select(CountedAttendance.enrolment_id, func.min(CountedAttendance.held_on))
        .where(among(CountedAttendance.enrolment_id, enrolment_ids))
        .group_by(CountedAttendance.enrolment_id)
    )
    return {enrolment: day for enrolment, day in rows}  # noqa: C416 - a Row is not a pair to the type checker


def provider_page(reading: Reading, page: int = 1) -> Page[HeldClass]:
    """One page of the classes of the actor's provider, newest first."""
    mine = ClassRecord.provider_id == reading.actor.organisation_id
    total = reading.session.scalar(select(func.count()).select_from(ClassRecord).where(mine)) or 0
    page = nearest(page, total)
    newest_first = select(ClassRecord).where(mine).order_by(ClassRecord.held_on.desc(), ClassRecord.id.desc())
    return Page(tuple(_held(row) for row in reading.session.scalars(cut(newest_first, page))), total, page)


def provider_class(reading: Reading, class_id: UUID) -> HeldClass:
    """One class of the actor's provider. Raises NoSuchClass for any other."""
    record = reading.session.get(ClassRecord, class_id)
    if record is None or record.provider_id != reading.actor.organisation_id:
        raise NoSuchClass
    return _held(record)


def attendances(reading: Reading, class_id: UUID) -> list[Attendance]:
    """Who attended a class of the actor's provider, by name. Raises NoSuchClass for any other."""
    provider_class(reading, class_id)
    rows = reading.session.execute(
        select(AttendanceRecord.enrolment_id, AttendanceStrikeRecord.reason)
        .outerjoin(
            AttendanceStrikeRecord,
            (AttendanceStrikeRecord.class_id == AttendanceRecord.class_id)
            & (AttendanceStrikeRecord.enrolment_id == AttendanceRecord.enrolment_id),
        )
        .where(AttendanceRecord.class_id == class_id)
    )
    reasons: dict[UUID, str | None] = {enrolment: reason for enrolment, reason in rows}  # noqa: C416 - see above
    learners = enrolments.provider_enrolments_of(reading, sorted(reasons))
    names = accounts.people(reading, [each.person_id for each in learners])
    found = [
        Attendance(
            enrolment_id=each.id,
            name=names[each.person_id].name,
            is_handed_over=each.state is State.COMPLETED,
            struck_reason=reasons[each.id],
        )
        for each in learners
    ]
    return sorted(found, key=lambda each: each.name)


def classes_of(reading: Reading, enrolment_id: UUID) -> list[AttendedClass]:
    """All classes of one enrolment that the caller may see, newest first, struck ones too."""
    rows = reading.session.execute(
        select(ClassRecord, AttendanceStrikeRecord.reason)
        .join(AttendanceRecord, AttendanceRecord.class_id == ClassRecord.id)
        .outerjoin(
            AttendanceStrikeRecord,
            (AttendanceStrikeRecord.class_id == AttendanceRecord.class_id)
            & (AttendanceStrikeRecord.enrolment_id == AttendanceRecord.enrolment_id),
        )
        .where(AttendanceRecord.enrolment_id == enrolment_id)
        .order_by(ClassRecord.held_on.desc(), ClassRecord.id.desc())
    )
    return [AttendedClass(_held(record), reason) for record, reason in rows]


def _held(record: ClassRecord) -> HeldClass:
    return HeldClass(
        id=record.id,
        provider_id=record.provider_id,
        qualification=record.qualification,
        part=record.part,
        subject=record.subject,
        place=record.place,
        held_on=record.held_on,
        begins=record.begins,
        hours=record.hours,
        teacher_id=record.teacher_id,
        recorded_at=record.recorded_at,
    )
