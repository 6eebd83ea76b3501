"""Courses, lessons and videos as values. A `…Package` is what the files say; ids come with publication."""

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from kernel.names import Names
from training.courses.rules.checks import Check

CourseId = NewType("CourseId", UUID)
LessonId = NewType("LessonId", UUID)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the outline that lessons belong to."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Video:
    """A lesson's video. File names are relative to the lesson's folder; the first source is the preferred one."""

    sources: tuple[str, ...]
    length_ms: int
    poster: str | None
    captions: tuple[tuple[str, str], ...]  # (language, file)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPackage:
    """One lesson as its files say. `body` is CommonMark; `folder` is where its media lie, below the course's."""

    code: str
    titles: Names
    unit: str
    minutes: int
    body: str
    checks: tuple[Check, ...]
    video: Video | None
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(LessonPackage):
    """A published lesson."""

    id: LessonId
    position: int

    def check(self, check_id: str) -> Check | None:
        """The self-check with this id."""
        return next((check for check in self.checks if check.id == check_id), None)


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, film or captions of the lesson with the code `lesson`: the file at `path`, and its SHA-256."""

    lesson: str
    name: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class CoursePackage:
    """A course as its files say, with the digest (SHA-256) of all that stands in them, films and pictures too."""

    code: str
    qualification: str
    names: Names
    summary: Names
    units: tuple[Unit, ...]
    lessons: tuple[LessonPackage, ...]
    digest: bytes
    media: tuple[Medium, ...] = ()
