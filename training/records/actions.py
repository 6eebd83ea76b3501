"""Completing lessons, and handing over complete hours."""

from decimal import Decimal
from uuid import UUID

from kernel.clock import shanghai_date
from kernel.work import Work, action
from people.access.rules import Permission
from people.positions.queries import vocabulary
from training.courses.errors import NoSuchLesson
from training.enrolments import actions as enrolling
from training.enrolments import queries as enrolments
from training.enrolments.queries import Enrolment
from training.enrolments.rules import State
from training.records import queries
from training.records.errors import AlreadyHandedOver
from training.records.events import HoursCompleted, LessonCompleted
from training.records.rules import outline_name
from training.records.tables import LessonCompletionRecord
from training.study.actions import end_live_session
from training.study.rules import Ended


@action(needs=Permission.LEARN)
def complete_lesson(work: Work, *, enrolment_id: UUID, lesson_code: str) -> bool:
    """Put on record that a lesson is completed; hands the hours over when that completes the course.

    Returns:
        Whether the course is complete now.

    Raises:
        NoSuchEnrolment, NoSuchLesson: they are not the learner's.
        TimeNotReached, VideoNotWatched, ChecksNotPassed: what is missing first.
    """
    enrolment = _own(work, enrolment_id)
    end_live_session(work, enrolment.person_id, Ended.DONE)
    progress = queries.progress(work, [enrolment])[enrolment.id]
    lesson = next((each for each in progress.lessons if each.code == lesson_code), None)
    if lesson is None:
        raise NoSuchLesson
    if not lesson.is_completed:
        for reason in lesson.missing():
            raise reason
        work.session.add(
            LessonCompletionRecord(enrolment_id=enrolment.id, lesson_id=lesson.lesson_id, completed_at=work.now)
        )
        work.session.flush()
        work.announce(
            LessonCompleted(
                enrolment_id=enrolment.id,
                person_id=enrolment.person_id,
                lesson=lesson.code,
                credited_ms=lesson.credited_ms,
            )
        )
    if enrolment.state is not State.LEARNING:
        return True
    return _hand_over_if_complete(work, enrolment)


@action(needs=Permission.LEARN)
def hand_over(work: Work, *, enrolment_id: UUID) -> None:
    """State that the hours are complete, where the last of them did not come from a lesson.

    Raises:
        NoSuchEnrolment: it is not the learner's.
        AlreadyHandedOver: it was stated before.
        LessonsOpen, HoursNotReached: what is missing first.
    """
    enrolment = _own(work, enrolment_id)
    if enrolment.state is not State.LEARNING:
        raise AlreadyHandedOver
    end_live_session(work, enrolment.person_id, Ended.DONE)
    for reason in queries.progress(work, [enrolment])[enrolment.id].missing():
        raise reason
    _hand_over_if_complete(work, enrolment)


def _own(work: Work, enrolment_id: UUID) -> Enrolment:
    """The learner's enrolment, with its row held: two requests must not both find the hours complete."""
    enrolments.own_enrolment(work, enrolment_id)
    return enrolments.held_enrolment(work, enrolment_id)


def _hand_over_if_complete(work: Work, enrolment: Enrolment) -> bool:
    progress = queries.progress(work, [enrolment])[enrolment.id]
    if progress.missing():
        return False
    enrolling.complete(work, enrolment_id=enrolment.id, hours=progress.credited)
    work.announce(_hours_completed(work, enrolment, progress.credited))
    return True


def _hours_completed(work: Work, enrolment: Enrolment, credited: Decimal) -> HoursCompleted:
    return HoursCompleted(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        qualification=enrolment.qualification,
        outline=enrolment.outline.code,
        outline_version=enrolment.outline.version,
        training_kind=enrolment.training_kind,
        hours_required=enrolment.hours_required,
        hours_credited=credited,
        started_on=queries.began_on(work, enrolment),
        completed_on=shanghai_date(work.now),
        provider_id=enrolment.provider_id,
        provider_name=enrolment.provider_name,
        teacher_ids=tuple(enrolments.teachers(work, [enrolment.id])[enrolment.id]),
        demonstration=enrolment.outline.is_demonstration,
        outline_name=outline_name(vocabulary().qualification(enrolment.qualification).names, enrolment.outline),
    )
