"""Publishing courses."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from kernel import files
from kernel.ids import new_id
from kernel.store import FILMS
from kernel.work import Work, action
from people.access.rules import Permission
from training.courses import queries
from training.courses.events import CoursePublished
from training.courses.rules import CourseId, CoursePackage, LessonPackage, Medium
from training.courses.rules.course_files import MEDIA_TYPES
from training.courses.tables import CourseRecord, LessonRecord


@action(needs=Permission.PUBLISH_COURSES)
def load_course(work: Work, package: CoursePackage) -> CourseId:
    """Publish a course from its files as its next version; a course that says the same as before stays as it is."""
    newest = queries.newest_record(work, package.code)
    if newest is not None and newest.digest == package.digest:
        return CourseId(newest.id)
    course = CourseRecord(
        id=new_id(),
        code=package.code,
        version=newest.version + 1 if newest else 1,
        qualification=package.qualification,
        names=asdict(package.names),
        summary=asdict(package.summary),
        units=queries.UNITS.dump_python(package.units, mode="json"),
        digest=package.digest,
        published_at=work.now,
    )
    work.session.add(course)
    work.session.flush()  # lessons refer to the course
    lessons = [_record(course, position, lesson) for position, lesson in enumerate(package.lessons, start=1)]
    work.session.add_all(lessons)
    work.session.flush()
    _keep_media(work, package.media, {lesson.code: lesson.id for lesson in lessons})
    work.announce(
        CoursePublished(course_id=course.id, code=course.code, version=course.version, digest=package.digest.hex())
    )
    return CourseId(course.id)


def _keep_media(work: Work, media: Sequence[Medium], lessons: Mapping[str, UUID]) -> None:
    """Films and pictures are kept with the version: the files of a later release may be others."""
    for medium in media:
        path = Path(medium.path)
        with path.open("rb") as content:
            received = files.receive(work.stores, FILMS, content, MEDIA_TYPES[path.suffix])
        files.keep(work, received, lessons[medium.lesson], medium.name)


def _record(course: CourseRecord, position: int, lesson: LessonPackage) -> LessonRecord:
    return LessonRecord(
        id=new_id(),
        course_id=course.id,
        position=position,
        code=lesson.code,
        titles=asdict(lesson.titles),
        unit=lesson.unit,
        minutes=lesson.minutes,
        body=lesson.body,
        checks=queries.CHECKS.dump_python(lesson.checks, mode="json"),
        video=queries.VIDEO.dump_python(lesson.video, mode="json"),
        folder=lesson.folder,
    )
