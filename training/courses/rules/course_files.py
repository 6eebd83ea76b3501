"""From the parsed course files to a course, refusing what a learner would stumble over."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kernel.lasting import FormatUnknown, canonical_json, lasting
from kernel.names import Names
from training.courses.errors import CourseBroken
from training.courses.rules.checks import check_from
from training.courses.rules.courses import CoursePackage, LessonPackage, Medium, Unit, Video

Document = Mapping[str, Any]

LAYOUT = lasting("training.course")
MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
}
A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
PICTURES = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """What lies in one lesson's folder: its parsed description, its text, and the names of all its files."""

    folder: str
    description: Document
    body: str
    files: frozenset[str]


def is_media_name(name: str) -> bool:
    """Whether `name` can be a lesson's medium: a plain file name of a known type, and never a path."""
    return bool(A_NAME.fullmatch(name)) and any(name.endswith(ending) for ending in MEDIA_TYPES)


def course_from(description: Document, lessons: list[LessonFiles]) -> CoursePackage:
    """The course that the files describe.

    Raises:
        CourseBroken: an unknown format, a lesson or picture that is missing, a code given twice, a wrong key.
    """
    code = description["code"]
    try:
        description = LAYOUT.read(description)
    except FormatUnknown as fault:
        raise CourseBroken(where=code, fault=str(fault)) from fault
    units = tuple(Unit(unit["code"], Names(unit["zh"], unit["en"])) for unit in description["outline_units"])
    by_code = {files.description["code"]: files for files in lessons}
    missing = [each for each in description["lessons"] if each not in by_code]
    if missing or len(set(description["lessons"])) != len(description["lessons"]):
        raise CourseBroken(where=code, fault=f"lessons missing or given twice: {missing}")
    ordered = [by_code[each] for each in description["lessons"]]
    return CoursePackage(
        code=code,
        qualification=description["item"],
        names=Names.exactly(description["name"]),
        summary=Names.exactly(description["summary"]),
        units=units,
        lessons=tuple(_lesson(files, {unit.code for unit in units}) for files in ordered),
        digest=_digest(description, ordered),
    )


def _lesson(files: LessonFiles, units: set[str]) -> LessonPackage:
    entry, code = files.description, files.description["code"]
    if entry["unit"] not in units:
        raise CourseBroken(where=code, fault=f"there is no unit {entry['unit']}")
    lesson = LessonPackage(
        code=code,
        titles=Names.exactly(entry["title"]),
        unit=entry["unit"],
        minutes=entry["minutes"],
        body=files.body,
        checks=tuple(check_from(check, code) for check in entry["checks"]),
        video=_video(entry["video"]) if entry.get("video") else None,
        folder=files.folder,
    )
    if len({check.id for check in lesson.checks}) != len(lesson.checks):
        raise CourseBroken(where=code, fault="a self-check is given twice")
    for name in sorted(media_names(lesson)):
        if not is_media_name(name) or name not in files.files:
            raise CourseBroken(where=code, fault=f"there is no medium {name}")
    return lesson


def _video(entry: Document) -> Video:
    sources = tuple(str(entry[kind]) for kind in ("mp4", "webm") if kind in entry)
    captions = tuple((str(language), str(name)) for language, name in entry.get("captions", {}).items())
    return Video(sources, round(entry["seconds"] * 1_000), entry.get("poster"), captions)


def media_names(lesson: LessonPackage) -> set[str]:
    """The names of the files that a lesson shows beside its text."""
    names = set(PICTURES.findall(lesson.body))
    if lesson.video:
        names |= {*lesson.video.sources, *(name for _, name in lesson.video.captions)}
        names |= {lesson.video.poster} if lesson.video.poster else set()
    return names


def with_media(course: CoursePackage, media: tuple[Medium, ...]) -> CoursePackage:
    """The course with its films and pictures: another film makes another course."""
    said = [course.digest.hex(), *([each.lesson, each.name, each.digest] for each in media)]
    return replace(course, media=media, digest=hashlib.sha256(canonical_json(said)).digest())


def _digest(description: Document, lessons: list[LessonFiles]) -> bytes:
    text = [description, *([files.folder, files.description, files.body] for files in lessons)]
    return hashlib.sha256(canonical_json(text)).digest()
