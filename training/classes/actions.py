"""Recording classes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from training.classes import queries
from training.classes.errors import NobodyAttended
from training.classes.events import ClassRecorded
from training.classes.rules import Attendee, Part, TaughtClass, check_attendance, check_class
from training.classes.tables import AttendanceRecord, ClassRecord
from training.enrolments import actions as enrolling
from training.enrolments import queries as enrolments
from training.enrolments.errors import EnrolmentIsOver
from training.enrolments.queries import Enrolment
from training.enrolments.rules import State


@action(needs=Permission.HOLD_CLASSES)
def record_class(
    work: Work,
    *,
    qualification: str,
    part: Part,
    subject: str,
    place: str,
    held_on: date,
    hours: Decimal,
    teacher_id: UUID,
    enrolment_ids: Sequence[UUID],
) -> UUID:
    """Record a class that was held and who attended; its teacher joins the teachers of every attendee.

    Raises:
        NobodyAttended, NotYetHeld, ClassOfWrongLength, OfAnotherQualification, HeldBeforeEnrolment, TooMuchForOneDay,
        NoSuchEnrolment, EnrolmentIsOver.
    """
    attending = enrolments.provider_enrolments_of(work, sorted(set(enrolment_ids)))
    if not attending:
        raise NobodyAttended
    taught = TaughtClass(qualification=qualification, part=part, held_on=held_on, hours=hours)
    _check(work, taught, attending)
    record = ClassRecord(
        id=new_id(),
        provider_id=attending[0].provider_id,
        qualification=qualification,
        part=part,
        subject=subject,
        place=place,
        held_on=held_on,
        hours=hours,
        teacher_id=teacher_id,
        recorded_by=work.actor.person_id,
        recorded_at=work.now,
    )
    work.session.add(record)
    work.session.flush()  # attendances refer to the class
    _attend(work, record, attending)
    return record.id


def _check(work: Work, taught: TaughtClass, attending: list[Enrolment]) -> None:
    for each in attending:
        enrolments.locked(work, each.id)  # two classes of the same day must not both be the last that fits
    names = accounts.people(work, [each.person_id for each in attending])
    that_day = queries.attended_on(work, [each.id for each in attending], taught.held_on)
    check_class(taught, today=shanghai_date(work.now), cap=attending[0].outline.daily_cap_hours)
    for each in attending:
        if each.state is not State.LEARNING:
            raise EnrolmentIsOver
        attendee = Attendee(
            name=names[each.person_id].name,
            qualification=each.qualification,
            enrolled_on=shanghai_date(each.enrolled_at),
            daily_cap_hours=each.outline.daily_cap_hours,
            hours_that_day=that_day.get(each.id, Decimal(0)),
        )
        check_attendance(taught, attendee)


def _attend(work: Work, record: ClassRecord, attending: list[Enrolment]) -> None:
    ids = [each.id for each in attending]
    work.session.add_all(AttendanceRecord(class_id=record.id, enrolment_id=each) for each in ids)
    enrolling.name_teacher(work, enrolment_ids=ids, teacher_id=record.teacher_id)
    work.announce(
        ClassRecorded(
            class_id=record.id,
            provider_id=record.provider_id,
            qualification=record.qualification,
            part=record.part,
            held_on=record.held_on,
            hours=record.hours,
            teacher_id=record.teacher_id,
            enrolment_ids=tuple(ids),
        )
    )
