"""A course as values."""

from training.courses.rules.checks import Check, CheckKind, Feedback, PresentedCheck
from training.courses.rules.courses import CourseId, CoursePackage, Lesson, LessonId, LessonPackage, Medium, Unit, Video

__all__ = [
    "Check",
    "CheckKind",
    "CourseId",
    "CoursePackage",
    "Feedback",
    "Lesson",
    "LessonId",
    "LessonPackage",
    "Medium",
    "PresentedCheck",
    "Unit",
    "Video",
]
