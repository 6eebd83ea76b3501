"""What completes a lesson, and what completes a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kernel.errors import Refused
from kernel.names import Names
from training.classes.rules import ClassHours
from training.outlines.rules import Outline, TrainingKind
from training.records.errors import (
    ChecksNotPassed,
    HoursNotReached,
    LessonsOpen,
    TimeNotReached,
    VideoNotWatched,
)
from training.study.rules import is_covered

KINDS = {TrainingKind.INITIAL: "初次取证", TrainingKind.RENEWAL: "换证"}


def outline_name(trained_for: Names, outline: Outline) -> str:
    """What an outline is called where it is printed, always in Chinese; its code is for programs."""
    return f"{trained_for.zh}{KINDS[outline.kind]}培训大纲" + ("（演示用）" if outline.is_demonstration else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonProgress:
    """How far one learner is with one lesson. Times are milliseconds."""

    lesson_id: UUID
    code: str
    titles: Names
    unit: str
    minutes: int
    is_required: bool
    needed_ms: int
    credited_ms: int
    checks: int
    checks_right: frozenset[str]
    video_ms: int
    video_played_ms: int
    is_completed: bool

    @property
    def is_time_reached(self) -> bool:
        return self.credited_ms >= self.needed_ms

    @property
    def is_video_watched(self) -> bool:
        return is_covered(self.video_played_ms, self.video_ms)

    @property
    def is_begun(self) -> bool:
        return self.credited_ms > 0 or bool(self.checks_right)

    def missing(self) -> list[Refused]:
        """What still stands between the learner and the completed lesson; empty when nothing does."""
        found: list[Refused] = []
        if not self.is_time_reached:
            found.append(TimeNotReached(needed=clock(self.needed_ms), credited=clock(self.credited_ms)))
        if not self.is_video_watched:
            found.append(VideoNotWatched(left=clock(self.video_ms - self.video_played_ms)))
        if len(self.checks_right) < self.checks:
            found.append(ChecksNotPassed(left=self.checks - len(self.checks_right)))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseProgress:
    """How far one learner is with the whole course. Hours are 学时."""

    outline: Outline
    lessons: tuple[LessonProgress, ...]
    online_ms: int
    classes: ClassHours

    @property
    def online(self) -> Decimal:
        return self.outline.hours_of(self.online_ms)

    @property
    def credited(self) -> Decimal:
        return self.online + self.classes.theory + self.classes.practical

    @property
    def percent(self) -> int:
        """Credited hours of those required, for a bar; 100 only when they are reached."""
        return min(100, int(self.credited * 100 / self.outline.total))

    @property
    def required_lessons(self) -> Sequence[LessonProgress]:
        return [lesson for lesson in self.lessons if lesson.is_required]

    @property
    def lessons_left(self) -> int:
        return sum(not lesson.is_completed for lesson in self.required_lessons)

    @property
    def next_lesson(self) -> LessonProgress | None:
        """The lesson to go on with: the first required one that is not completed, else any other."""
        open_ones = [lesson for lesson in self.lessons if not lesson.is_completed]
        return next((lesson for lesson in open_ones if lesson.is_required), open_ones[0] if open_ones else None)

    @property
    def can_be_reached(self) -> bool:
        """Whether the lessons of this course can be credited enough for the outline's theory."""
        most = sum(self.outline.pace.lesson_cap_ms(lesson.minutes) for lesson in self.lessons)
        theory = (
            self.outline.total - (self.outline.practical or 0) if self.outline.theory is None else self.outline.theory
        )
        return self.outline.hours_of(most) >= theory

    def missing(self) -> list[Refused]:
        """What still stands between the learner and complete hours; empty when nothing does."""
        found: list[Refused] = []
        if self.lessons_left:
            found.append(LessonsOpen(left=self.lessons_left))
        hours = self.classes
        if not self.outline.is_fulfilled(
            online=self.online, classes_theory=hours.theory, classes_practical=hours.practical
        ):
            found.append(HoursNotReached(required=self.outline.total, credited=self.credited))
        return found


def clock(ms: int) -> str:
    """A duration as minutes and seconds: 12:05."""
    minutes, seconds = divmod(max(0, ms) // 1_000, 60)
    return f"{minutes}:{seconds:02}"
