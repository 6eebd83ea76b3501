"""Courses are published in versions; who may not publish, and what nobody may change."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.faces import Face
from training.courses.actions import load_course
from training.courses.errors import NoSuchLesson
from training.courses.queries import course_package, lesson, lessons, medium, newest_course, newest_courses
from training.courses.rules.course_files import with_media


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
    changed = replace(package, digest=b"other", lessons=package.lessons[:2], media=())
    second = load_course(work, changed)
    newest = newest_course(work, "low_voltage")
    assert newest is not None
    assert (newest.id, newest.version) == (second, 2)
    assert len(lessons(work, first)) == len(package.lessons)
    assert [each.id for each in newest_courses(work)] == [second]


def test_a_lesson_shows_the_film_that_it_was_published_with(work, tmp_path):
    """The next release may bring another under the same name, and who learns by the old version sees the old one."""
    package = course_package("low_voltage")
    film = next(each for each in package.media if each.name == "isolation.mp4")
    first = lesson(work, load_course(work, package), film.lesson)
    newer = tmp_path / film.name
    newer.write_bytes(Path(film.path).read_bytes() + b"one frame more")
    other = replace(film, path=str(newer), digest=hashlib.sha256(newer.read_bytes()).hexdigest())
    changed = with_media(package, tuple(other if each is film else each for each in package.media))
    second = lesson(work, load_course(work, changed), film.lesson)
    assert first.id != second.id
    assert b"".join(medium(work, first.id, film.name).read()) == Path(film.path).read_bytes()
    assert b"".join(medium(work, second.id, film.name).read()) == newer.read_bytes()


@pytest.mark.parametrize("name", ["lesson.md", "../course.yaml", "", "nothing.svg"])
def test_a_lesson_has_its_own_media_and_no_other_file(work, name):
    package = course_package("low_voltage")
    found = lesson(work, load_course(work, package), package.media[0].lesson)
    with pytest.raises(NoSuchLesson):
        medium(work, found.id, name)


@pytest.mark.parametrize("table", ["courses", "lessons"])
def test_a_published_lesson_is_never_changed(work, table):
    load_course(work, course_package("low_voltage"))
    with pytest.raises(Exception, match="permission denied"):
        work.session.execute(text(f"UPDATE training.{table} SET code = 'x'"))
