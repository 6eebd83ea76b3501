"""Hours are complete when lessons, minutes and answers are; it is announced once, and only its fact is seen outside."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.errors import Forbidden
from kernel.faces import Face
from training.courses.errors import NoSuchLesson
from training.enrolments import queries as enrolments
from training.enrolments.errors import EnrolmentIsOver, NoSuchEnrolment
from training.enrolments.rules import State
from training.records.actions import complete_lesson, hand_over
from training.records.errors import AlreadyHandedOver, ChecksNotPassed, LessonsOpen, TimeNotReached, VideoNotWatched
from training.records.events import HoursCompleted
from training.records.queries import progress
from training.study.actions import answer_check, open_session

REQUIRED = ("LV-L01", "LV-L04", "LV-L13")


def lesson(classroom, code):
    return next(each for each in classroom.lessons if each.code == code)


def answer_all(classroom, code):
    for check in lesson(classroom, code).checks:
        answer_check(
            classroom.becomes(classroom.school.zhang),
            enrolment_id=classroom.enrolment,
            lesson_code=code,
            check_id=check.id,
            answer=check.key,
        )


def completing(classroom, code, actor=None):
    work = classroom.becomes(actor or classroom.school.zhang)
    return complete_lesson(work, enrolment_id=classroom.enrolment, lesson_code=code)


def finish(classroom, code):
    found = lesson(classroom, code)
    seconds = max(found.minutes * 8, found.video.length_ms // 1_000 + 1 if found.video else 0)
    classroom.study(found, seconds)
    answer_all(classroom, code)
    return completing(classroom, code)


def hours_completed(classroom):
    return [each for each in classroom.work.announced if isinstance(each, HoursCompleted)]


def test_minutes_answers_and_the_whole_video_are_asked_for_one_after_the_other(classroom):
    with pytest.raises(TimeNotReached):
        completing(classroom, "LV-L13")


def test_time_alone_is_not_enough(classroom):
    classroom.study(lesson(classroom, "LV-L13"), 64, watch=False)
    with pytest.raises(VideoNotWatched):
        completing(classroom, "LV-L13")


def test_answers_are_asked_for(classroom):
    classroom.study(lesson(classroom, "LV-L01"), 56)
    with pytest.raises(ChecksNotPassed):
        completing(classroom, "LV-L01")


def test_nobody_completes_anothers_lesson(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        completing(classroom, "LV-L01", school.liu)


def test_who_teaches_completes_nothing(classroom, school):
    with pytest.raises(Forbidden):
        completing(classroom, "LV-L01", school.teacher)


def test_who_teaches_hands_nothing_over(classroom, school):
    with pytest.raises(Forbidden):
        hand_over(classroom.becomes(school.manager), enrolment_id=classroom.enrolment)


def test_a_lesson_that_the_course_does_not_have(classroom):
    with pytest.raises(NoSuchLesson):
        completing(classroom, "LV-L99")


def test_the_last_lesson_announces_the_hours_once_with_all_that_certification_needs(classroom, school):
    done = [finish(classroom, code) for code in REQUIRED]
    assert done == [False, False, True]
    (event,) = hours_completed(classroom)
    assert event.enrolment_id == classroom.enrolment
    assert event.person_id == school.zhang.person_id
    assert (event.qualification, event.training_kind, event.demonstration) == ("low_voltage", "initial", True)
    assert (event.outline, event.outline_version) == ("low_voltage.initial.demonstration", 2)
    assert event.outline_name == "低压电工作业初次取证培训大纲（演示用）"
    assert event.hours_credited >= event.hours_required == Decimal("0.05")
    assert event.teacher_ids == (school.teacher.person_id,)
    assert event.started_on.isoformat() == event.completed_on.isoformat() == "2026-06-10"

    assert completing(classroom, "LV-L13")
    assert len(hours_completed(classroom)) == 1
    mine = enrolments.own_enrolment(classroom.work, classroom.enrolment)
    assert (mine.state, mine.hours_credited) == (State.COMPLETED, event.hours_credited)
    with pytest.raises(EnrolmentIsOver):
        open_session(classroom.work, enrolment_id=classroom.enrolment, lesson_code="LV-L01")


def test_hours_are_handed_over_once(classroom):
    for code in REQUIRED:
        finish(classroom, code)
    with pytest.raises(AlreadyHandedOver):
        hand_over(classroom.becomes(classroom.school.zhang), enrolment_id=classroom.enrolment)


def test_hours_are_not_handed_over_with_lessons_open(classroom):
    finish(classroom, "LV-L01")
    with pytest.raises(LessonsOpen):
        hand_over(classroom.becomes(classroom.school.zhang), enrolment_id=classroom.enrolment)


def test_progress_says_what_is_next(classroom):
    finish(classroom, "LV-L01")
    mine = enrolments.own_enrolments(classroom.work)
    course = progress(classroom.work, mine)[classroom.enrolment]
    assert course.next_lesson is not None
    assert (course.lessons_left, course.next_lesson.code) == (2, "LV-L04")
    assert 0 < course.percent < 100


def test_the_registry_reads_two_summaries_and_no_table(workplace):
    with workplace.engines.of(Face.REGISTRY).connect() as registry:
        for view in ("teaching_summary", "progress_summary"):
            registry.execute(text(f"SELECT * FROM training.{view}"))
        for table in ("enrolments", "study_sessions", "check_attempts"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                registry.execute(text(f"SELECT * FROM training.{table}"))
            registry.rollback()


@pytest.mark.parametrize("face", [Face.EXAMINATION, Face.AUTHORING, Face.PUBLIC])
def test_no_other_face_reads_anything_of_training(workplace, face):
    with workplace.engines.of(face).connect() as other, pytest.raises(ProgrammingError, match="permission denied"):
        other.execute(text("SELECT * FROM training.progress_summary"))
