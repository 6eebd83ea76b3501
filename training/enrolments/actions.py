"""Enrolling and withdrawing."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from kernel.because import because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.names import Names
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.errors import NoSuchPerson
from people.organisations.queries import organisations
from people.organisations.rules.employments import OrganisationId
from people.positions.queries import vocabulary
from training.courses import queries as courses
from training.courses.errors import NoSuchCourse
from training.enrolments import queries
from training.enrolments.errors import (
    SAY_WHY,
    AlreadyEnrolled,
    EnrolledElsewhere,
    EnrolmentIsOver,
    NoSuchEnrolment,
    NotYourProvider,
)
from training.enrolments.events import PersonEnrolled, PersonWithdrawn
from training.enrolments.rules import EnrolmentId, check_teachers
from training.enrolments.tables import EnrolmentRecord, EnrolmentTeacherRecord
from training.outlines.errors import OutlineNotConfirmed, PracticeUnknown
from training.outlines.queries import outlines
from training.outlines.rules import MS_PER_MINUTE, Outline, TrainingKind

BY_THE_LEARNER = "left by the learner"

KIND_NAMES = {
    TrainingKind.INITIAL: Names("初次取证", "initial training"),
    TrainingKind.RENEWAL: Names("换证、再培训", "renewal"),
}


@action(needs=Permission.ENROL)
def enrol(
    work: Work,
    *,
    person_id: UUID,
    course: str,
    kind: TrainingKind,
    provider_id: UUID,
    provider_name: str,
    teacher_ids: Sequence[UUID],
    demonstration: bool = False,
) -> EnrolmentId:
    """Enrol a person in the newest version of a course, under the outline that is in force today.

    Args:
        work: the training manager's work; the platform itself may enrol for any provider.
        person_id: who learns.
        course: the course's code.
        kind: initial training or renewal.
        provider_id: the training provider, which must be the manager's own.
        provider_name: its name, kept as it is today.
        teacher_ids: persons who teach; they may later not examine this learner.
        demonstration: take the shortened outline, which is marked on everything that follows from it.

    Raises:
        NoSuchCourse, NoSuchPerson, OutlineNotConfirmed, PracticeUnknown, AlreadyEnrolled, EnrolledElsewhere,
        NotYourProvider, NoTeacher, NotATeacherHere, TeachesThemselves.
    """
    if not work.actor.is_platform and provider_id != work.actor.organisation_id:
        raise NotYourProvider
    version = courses.newest_course(work, course)
    if version is None:
        raise NoSuchCourse
    person = accounts.person(work, person_id)
    if person is None:
        raise NoSuchPerson
    check_teachers(person_id, person.name, teacher_ids, at_provider=queries.teachers_at(work, provider_id))
    outline = _outline(work, version.qualification, kind, provider_id, demonstration=demonstration)
    there = queries.provider_of_open_enrolment(work, person_id, version.qualification, kind)
    if there is not None:
        raise AlreadyEnrolled(name=person.name) if there == provider_id else EnrolledElsewhere(name=person.name)
    record = _record(work, outline, person_id=person_id, course_id=version.id)
    record.provider_id, record.provider_name = provider_id, provider_name
    _insert(work, record, person.name, sorted(set(teacher_ids)))
    return EnrolmentId(record.id)


def _outline(work: Work, qualification: str, kind: TrainingKind, provider_id: UUID, *, demonstration: bool) -> Outline:
    """The one in force today where the provider stands."""
    today = shanghai_date(work.now)
    provider = organisations(work, [provider_id]).get(OrganisationId(provider_id))
    region = provider.region if provider else None
    names = asdict(vocabulary().qualification(qualification).names)
    try:
        outline = outlines().in_force(qualification, kind, today, demonstration=demonstration, region=region)
    except OutlineNotConfirmed:
        raise OutlineNotConfirmed(qualification=names, kind=KIND_NAMES[kind], on=today) from None
    if outline.is_practice_unknown:
        raise PracticeUnknown(qualification=names, kind=KIND_NAMES[kind])
    return outline


def _record(work: Work, outline: Outline, *, person_id: UUID, course_id: UUID) -> EnrolmentRecord:
    return EnrolmentRecord(
        id=new_id(),
        person_id=person_id,
        course_id=course_id,
        qualification=outline.qualification,
        training_kind=outline.kind,
        outline=outline.code,
        outline_version=outline.version,
        hours_required=outline.total,
        hour_ms=outline.hour_minutes * MS_PER_MINUTE,
        daily_cap_hours=outline.daily_cap_hours,
        is_demonstration=outline.is_demonstration,
        enrolled_by=work.actor.person_id,
        enrolled_at=work.now,
    )


def _insert(work: Work, record: EnrolmentRecord, name: str, teacher_ids: list[UUID]) -> None:
    work.session.add(record)
    try:
        work.session.flush()
    except IntegrityError:  # somebody enrolled the same person in the same moment
        raise AlreadyEnrolled(name=name) from None
    work.session.add_all(EnrolmentTeacherRecord(enrolment_id=record.id, teacher_id=each) for each in teacher_ids)
    work.session.flush()
    work.announce(
        PersonEnrolled(
            enrolment_id=record.id,
            person_id=record.person_id,
            qualification=record.qualification,
            training_kind=record.training_kind,
            outline=record.outline,
            outline_version=record.outline_version,
            provider_id=record.provider_id,
            teacher_ids=tuple(teacher_ids),
            demonstration=record.is_demonstration,
        )
    )


@action(needs=Permission.HOLD_CLASSES)
def name_teacher(work: Work, *, enrolment_ids: Sequence[UUID], teacher_id: UUID) -> None:
    """Put on record that this person taught these learners too; naming somebody twice is harmless.

    Raises:
        NoSuchEnrolment, NotATeacherHere, TeachesThemselves.
    """
    taught = queries.provider_enrolments_of(work, enrolment_ids)
    here = queries.teachers_at(work, taught[0].provider_id) if taught else {}
    for enrolment in taught:
        check_teachers(enrolment.person_id, here.get(teacher_id, ""), [teacher_id], at_provider=here)
        row = insert(EnrolmentTeacherRecord).values(enrolment_id=enrolment.id, teacher_id=teacher_id)
        work.session.execute(row.on_conflict_do_nothing())


@action(needs=Permission.ENROL)
def withdraw(work: Work, *, enrolment_id: UUID, reason: str) -> None:
    """End an enrolment that will not be finished. Its study stays on record.

    Raises:
        NoSuchEnrolment: it is another provider's.
        EnrolmentIsOver, ReasonMissing.
    """
    record = queries.locked(work, enrolment_id)
    if not work.actor.is_platform and record.provider_id != work.actor.organisation_id:
        raise NoSuchEnrolment
    _end(work, record, because(reason, SAY_WHY))


@action(needs=Permission.LEARN)
def leave(work: Work, *, enrolment_id: UUID) -> None:
    """The learner leaves a course. No provider holds anybody: another one may enrol them from then on.

    Raises:
        NoSuchEnrolment: it is not the learner's.
        EnrolmentIsOver: its hours were handed over, or it was left before.
    """
    record = queries.locked(work, enrolment_id)
    if record.person_id != work.actor.person_id:
        raise NoSuchEnrolment
    _end(work, record, None)


@action(needs=Permission.LEARN)
def complete(work: Work, *, enrolment_id: UUID, hours: Decimal) -> None:
    """The hours are handed over: nothing more is credited to this enrolment. Raises NoSuchEnrolment."""
    record = queries.locked(work, enrolment_id)
    if record.person_id != work.actor.person_id:
        raise NoSuchEnrolment
    record.completed_at, record.completed_on, record.hours_credited = work.now, shanghai_date(work.now), hours
    work.session.flush()


def _end(work: Work, record: EnrolmentRecord, reason: str | None) -> None:
    if record.completed_at or record.withdrawn_at:
        raise EnrolmentIsOver
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_reason = work.now, work.actor.person_id, reason
    work.session.flush()
    work.announce(PersonWithdrawn(enrolment_id=record.id, person_id=record.person_id, reason=reason or BY_THE_LEARNER))
