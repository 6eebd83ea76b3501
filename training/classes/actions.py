"""Recording classes, and striking out what was recorded wrongly."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from kernel.clock import SHANGHAI, shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from training.classes import queries
from training.classes.errors import NobodyAttended, NoSuchClass
from training.classes.events import AttendanceStruck, ClassRecorded
from training.classes.rules import Attendee, Part, TaughtClass, check_attendance, check_class, check_strike
from training.classes.tables import AttendanceRecord, AttendanceStrikeRecord, ClassRecord
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
    begins: time,
    hours: Decimal,
    teacher_id: UUID,
    enrolment_ids: Sequence[UUID],
) -> UUID:
    """Record a class that was held and who attended; its teacher joins the teachers of every attendee.

    Raises:
        NobodyAttended, NotYetHeld, ClassOfWrongLength, ClassPastMidnight, OfAnotherQualification, HeldBeforeEnrolment,
        InAnotherClass, TooMuchForOneDay, NoSuchEnrolment, EnrolmentIsOver.
    """
    attending = enrolments.provider_enrolments_of(work, sorted(set(enrolment_ids)))
    if not attending:
        raise NobodyAttended
    taught = TaughtClass(
        qualification=qualification,
        part=part,
        held_on=held_on,
        begins=begins,
        hours=hours,
        hour_minutes=attending[0].outline.hour_minutes,
    )
    _check(work, taught, attending)
    record = ClassRecord(
        id=new_id(),
        provider_id=attending[0].provider_id,
        qualification=qualification,
        part=part,
        subject=subject,
        place=place,
        held_on=held_on,
        begins=begins,
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
    people = sorted({each.person_id for each in attending})
    for person in people:  # two classes of the same day must not both be the last that fits, wherever they are recorded
        hold(work.session, f"training.classes:{person}")
    names, that_day = accounts.people(work, people), queries.attended_on(work, people, taught.held_on)
    now = work.now.astimezone(SHANGHAI).replace(tzinfo=None)
    check_class(taught, now=now, cap=attending[0].outline.daily_cap_hours)
    for each in attending:
        if enrolments.held_enrolment(work, each.id).state is not State.LEARNING:
            raise EnrolmentIsOver
        attendee = Attendee(
            name=names[each.person_id].name,
            qualification=each.qualification,
            enrolled_on=shanghai_date(each.enrolled_at),
            daily_cap_hours=each.outline.daily_cap_hours,
            that_day=that_day.get(each.person_id, []),
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
            begins=f"{record.begins:%H:%M}",
            hours=record.hours,
            teacher_id=record.teacher_id,
            enrolment_ids=tuple(ids),
        )
    )


@action(needs=Permission.HOLD_CLASSES)
def strike_attendance(work: Work, *, class_id: UUID, enrolment_ids: Sequence[UUID], reason: str) -> None:
    """Strike out attendances that were recorded wrongly. Nothing is erased: the record and the reason both stay.

    Raises:
        NoSuchClass: it is another provider's, or these learners are not in it.
        NobodyToStrike, ReasonMissing, StruckAlready.
        CountedAlready: the hours were handed over with this class among them.
    """
    wanted = set(enrolment_ids)
    provider_id = queries.provider_class(work, class_id).provider_id
    hold(work.session, f"training.class:{class_id}")
    for each in sorted(wanted):
        enrolments.held_enrolment(work, each)  # the hours must not be handed over meanwhile
    there = queries.attendances(work, class_id)
    if wanted - {each.enrolment_id for each in there}:
        raise NoSuchClass
    check_strike([each for each in there if each.enrolment_id in wanted], reason)
    work.session.add_all(
        AttendanceStrikeRecord(
            class_id=class_id,
            enrolment_id=each,
            reason=reason.strip(),
            struck_by=work.actor.person_id,
            struck_at=work.now,
        )
        for each in sorted(wanted)
    )
    work.session.flush()
    work.announce(
        AttendanceStruck(
            class_id=class_id, provider_id=provider_id, enrolment_ids=tuple(sorted(wanted)), reason=reason.strip()
        )
    )
