"""Published courses, and the course files that come with the program."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, select, tuple_

from kernel import files
from kernel.authored import authored
from kernel.db import among
from kernel.files import OpenFile
from kernel.names import Names
from kernel.store import FILMS
from kernel.work import Reading
from training.courses.errors import NoSuchCourse, NoSuchLesson
from training.courses.rules import Check, CourseId, CoursePackage, Lesson, LessonId, LessonPackage, Medium, Unit, Video
from training.courses.rules.course_files import LessonFiles, course_from, media_names, with_media
from training.courses.tables import CourseRecord, LessonRecord

FILES = Path(__file__).parent.parent / "data"

CHECKS = TypeAdapter(tuple[Check, ...])
VIDEO = TypeAdapter(Video | None)
UNITS = TypeAdapter(tuple[Unit, ...])


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A published course without its lessons."""

    id: CourseId
    code: str
    version: int
    qualification: str
    names: Names
    summary: Names
    units: tuple[Unit, ...]


def course_codes() -> list[str]:
    """The courses that come with the program."""
    return sorted(path.parent.name for path in FILES.glob("*/course.yaml"))


def course_package(code: str) -> CoursePackage:
    """The course in the files under this code. Raises NoSuchCourse, CourseBroken."""
    folder = FILES / code
    if not (folder / "course.yaml").is_file():
        raise NoSuchCourse
    lessons = [_lesson_files(path.parent) for path in sorted(folder.glob("*/lesson.yaml"))]
    course = authored(folder / "course.yaml").whole(lambda description: course_from(description, lessons))
    return with_media(
        course, tuple(_medium(folder, each, name) for each in course.lessons for name in sorted(media_names(each)))
    )


def _medium(folder: Path, lesson: LessonPackage, name: str) -> Medium:
    path = folder / lesson.folder / name
    with path.open("rb") as file:
        return Medium(lesson.code, name, str(path), hashlib.file_digest(file, "sha256").hexdigest())


def _lesson_files(folder: Path) -> LessonFiles:
    description = authored(folder / "lesson.yaml").content
    return LessonFiles(
        folder=folder.name,
        description=description,
        body=(folder / description["body"]).read_text(encoding="utf-8"),
        files=frozenset(path.name for path in folder.iterdir() if path.is_file()),
    )


def newest_course(reading: Reading, code: str) -> CourseRow | None:
    """The newest published version of a course."""
    record = newest_record(reading, code)
    return None if record is None else _row(record)


def newest_record(reading: Reading, code: str) -> CourseRecord | None:
    """Its row, for this room's own actions."""
    return reading.session.scalars(
        select(CourseRecord).where(CourseRecord.code == code).order_by(CourseRecord.version.desc()).limit(1)
    ).first()


def newest_courses(reading: Reading) -> list[CourseRow]:
    """Every course in its newest version, by code."""
    newest = select(CourseRecord.code, func.max(CourseRecord.version)).group_by(CourseRecord.code)
    found = reading.session.scalars(
        select(CourseRecord)
        .where(tuple_(CourseRecord.code, CourseRecord.version).in_(newest))
        .order_by(CourseRecord.code)
    )
    return [_row(record) for record in found]


def courses(reading: Reading, ids: list[UUID]) -> dict[UUID, CourseRow]:
    """Courses by id."""
    found = reading.session.scalars(select(CourseRecord).where(among(CourseRecord.id, ids)))
    return {record.id: _row(record) for record in found}


def lessons(reading: Reading, course_id: UUID) -> list[Lesson]:
    """The lessons of a course in their order."""
    found = reading.session.scalars(
        select(LessonRecord).where(LessonRecord.course_id == course_id).order_by(LessonRecord.position)
    )
    return [_lesson(record) for record in found]


def lesson(reading: Reading, course_id: UUID, code: str) -> Lesson:
    """One lesson of a course. Raises NoSuchLesson."""
    record = reading.session.scalars(
        select(LessonRecord).where(LessonRecord.course_id == course_id, LessonRecord.code == code)
    ).first()
    if record is None:
        raise NoSuchLesson
    return _lesson(record)


def medium(reading: Reading, lesson_id: UUID, name: str) -> OpenFile:
    """A lesson's picture, video or captions. Raises NoSuchLesson for anything else."""
    found = files.find(reading, FILMS, lesson_id, name)
    if found is None:
        raise NoSuchLesson
    return files.opened(reading, found)


def _row(record: CourseRecord) -> CourseRow:
    return CourseRow(
        id=CourseId(record.id),
        code=record.code,
        version=record.version,
        qualification=record.qualification,
        names=Names(**record.names),
        summary=Names(**record.summary),
        units=UNITS.validate_python(record.units),
    )


def _lesson(record: LessonRecord) -> Lesson:
    return Lesson(
        id=LessonId(record.id),
        position=record.position,
        code=record.code,
        titles=Names(**record.titles),
        unit=record.unit,
        minutes=record.minutes,
        body=record.body,
        checks=CHECKS.validate_python(record.checks),
        video=VIDEO.validate_python(record.video),
        folder=record.folder,
    )
