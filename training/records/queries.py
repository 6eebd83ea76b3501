"""How far learners are."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from kernel.clock import shanghai_date
from kernel.db import among
from kernel.work import Reading
from training.classes import queries as classes
from training.classes.rules import ClassHours
from training.courses import queries as courses
from training.courses.rules import Lesson
from training.enrolments.queries import Enrolment
from training.records.rules import CourseProgress, LessonProgress
from training.records.tables import LessonCompletionRecord
from training.study import queries as study
from training.study.queries import NOTHING_STUDIED, LessonStudy


def progress(reading: Reading, enrolments: Sequence[Enrolment]) -> dict[UUID, CourseProgress]:
    """The progress of enrolments that the caller may see, by enrolment."""
    ids = [each.id for each in enrolments]
    lessons = {each: courses.lessons(reading, each) for each in {each.course_id for each in enrolments}}
    studied, right = study.studied(reading, ids), study.right_answers(reading, ids)
    attended, completed = classes.attended(reading, ids), _completed(reading, ids)
    counted = study.counted(reading, {each.person_id for each in enrolments})
    found: dict[UUID, CourseProgress] = {}
    for each in enrolments:
        rows = [
            _lesson(
                each,
                lesson,
                studied.get((each.id, lesson.id), NOTHING_STUDIED),
                right.get((each.id, lesson.id), set()),
                is_completed=(each.id, lesson.id) in completed,
            )
            for lesson in lessons[each.course_id]
        ]
        found[each.id] = CourseProgress(
            outline=each.outline,
            lessons=tuple(rows),
            online_ms=counted.get(each.id, 0),
            classes=attended.get(each.id, ClassHours()),
        )
    return found


def began_on(reading: Reading, enrolment: Enrolment) -> date:
    """The first day of study or class; the day of enrolment where there was neither."""
    online = study.first_days(reading, [enrolment.id]).get(enrolment.id)
    in_class = classes.first_days(reading, [enrolment.id]).get(enrolment.id)
    return min((day for day in (online, in_class) if day), default=shanghai_date(enrolment.enrolled_at))


def _lesson(
    enrolment: Enrolment, lesson: Lesson, studied: LessonStudy, right: set[str], *, is_completed: bool
) -> LessonProgress:
    return LessonProgress(
        lesson_id=lesson.id,
        code=lesson.code,
        titles=lesson.titles,
        unit=lesson.unit,
        minutes=lesson.minutes,
        is_required=enrolment.outline.requires(lesson.code),
        needed_ms=enrolment.outline.pace.lesson_ms(lesson.minutes),
        credited_ms=studied.credited_ms,
        checks=len(lesson.checks),
        checks_right=frozenset(right),
        video_ms=lesson.video.length_ms if lesson.video else 0,
        video_played_ms=studied.video_played_ms,
        is_completed=is_completed,
    )


def _completed(reading: Reading, enrolment_ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    rows = reading.session.execute(
        select(LessonCompletionRecord.enrolment_id, LessonCompletionRecord.lesson_id).where(
            among(LessonCompletionRecord.enrolment_id, enrolment_ids)
        )
    )
    return {(enrolment, lesson) for enrolment, lesson in rows}
