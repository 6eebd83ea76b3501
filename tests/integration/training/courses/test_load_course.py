"""Courses are published in versions; who may not publish, and what nobody may change."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.faces import Face
from training.courses.actions import load_course
from training.courses.queries import course_package, lesson, lessons, newest_course, newest_courses


@pytest.fixture
def work(work_as):
    return work_as(platform("test"), Face.LEARNING)


def test_a_learner_and_a_training_manager_may_not_publish(work_as, school):
    for actor in (school.zhang, school.manager):
        with pytest.raises(Forbidden):
            load_course(work_as(actor, Face.LEARNING), course_package("low_voltage"))


def test_the_published_lessons_say_what_the_files_say(work):
    package = course_package("low_voltage")
    course_id = load_course(work, package)
    published = lessons(work, course_id)
    assert [each.code for each in published] == [each.code for each in package.lessons]
    video = next(each for each in package.lessons if each.video)
    assert lesson(work, course_id, video.code).video == video.video
    assert lesson(work, course_id, video.code).checks == video.checks


def test_the_same_course_again_is_no_new_version(work):
    package = course_package("low_voltage")
    assert load_course(work, package) == load_course(work, package)
    assert [each.NAME for each in work.announced] == ["training.course_published"]


def test_a_changed_course_is_the_next_version_and_the_old_one_stays(work):
    package = course_package("low_voltage")
    first = load_course(work, package)
    changed = replace(package, digest=b"other", lessons=package.lessons[:2])
    second = load_course(work, changed)
    newest = newest_course(work, "low_voltage")
    assert newest is not None
    assert (newest.id, newest.version) == (second, 2)
    assert len(lessons(work, first)) == len(package.lessons)
    assert [each.id for each in newest_courses(work)] == [second]


@pytest.mark.parametrize("table", ["courses", "lessons"])
def test_a_published_lesson_is_never_changed(work, table):
    load_course(work, course_package("low_voltage"))
    with pytest.raises(Exception, match="permission denied"):
        work.session.execute(text(f"UPDATE training.{table} SET code = 'x'"))
