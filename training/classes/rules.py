"""When a class may be recorded for a learner. Hours are 学时."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kernel.because import because
from training.classes.errors import (
    SAY_WHY,
    ClassOfWrongLength,
    ClassPastMidnight,
    CountedAlready,
    HeldBeforeEnrolment,
    InAnotherClass,
    NobodyToStrike,
    NotYetHeld,
    OfAnotherQualification,
    StruckAlready,
    TooMuchForOneDay,
)


class Part(StrEnum):
    THEORY = "theory"
    PRACTICAL = "practical"


@dataclass(frozen=True, slots=True)
class ClassHours:
    """Face-to-face hours of one enrolment."""

    theory: Decimal = Decimal(0)
    practical: Decimal = Decimal(0)


MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtClass:
    """A class that was held: the wall clock says when it began, and breaks are not known."""

    qualification: str
    part: Part
    held_on: date
    begins: time
    hours: Decimal
    hour_minutes: int

    @property
    def began(self) -> datetime:
        """Without a zone: the wall clock of the room."""
        return datetime.combine(self.held_on, self.begins)

    @property
    def ended(self) -> datetime:
        """The earliest moment at which so many hours can have been taught."""
        return self.began + float(self.hours) * self.hour_minutes * MINUTE


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that already counts for a person; when it began is unknown of classes recorded long ago."""

    begins: time | None
    hours: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """What must be known of a learner before a class counts for them.

    `that_day` are the person's other classes of the day, at any provider and in any course.
    """

    name: str
    qualification: str
    enrolled_on: date
    daily_cap_hours: int
    that_day: Sequence[Attended] = ()


def check_class(taught: TaughtClass, *, now: datetime, cap: int) -> None:
    """Raises NotYetHeld, ClassOfWrongLength, ClassPastMidnight; `now` is the wall clock of the room, without a zone."""
    if not 0 < taught.hours <= cap:
        raise ClassOfWrongLength(cap=cap)
    if taught.began > now or taught.ended > now:
        raise NotYetHeld
    if taught.ended > datetime.combine(taught.held_on, time()) + timedelta(days=1):
        raise ClassPastMidnight


def check_attendance(taught: TaughtClass, attendee: Attendee) -> None:
    """Raises OfAnotherQualification, HeldBeforeEnrolment, InAnotherClass, TooMuchForOneDay."""
    if attendee.qualification != taught.qualification:
        raise OfAnotherQualification(name=attendee.name)
    if taught.held_on < attendee.enrolled_on:
        raise HeldBeforeEnrolment(name=attendee.name, on=taught.held_on)
    for other in attendee.that_day:
        if other.begins is not None and _at_once(taught, replace(taught, begins=other.begins, hours=other.hours)):
            raise InAnotherClass(name=attendee.name, on=taught.held_on, begins=f"{other.begins:%H:%M}")
    in_class = sum((other.hours for other in attendee.that_day), Decimal(0))
    if in_class + taught.hours > attendee.daily_cap_hours:
        raise TooMuchForOneDay(name=attendee.name, cap=attendee.daily_cap_hours, on=taught.held_on)


def _at_once(one: TaughtClass, other: TaughtClass) -> bool:
    return one.began < other.ended and other.began < one.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One learner in one recorded class, and what became of the record."""

    enrolment_id: UUID
    name: str
    is_handed_over: bool
    struck_reason: str | None = None


def check_strike(attendances: Sequence[Attendance], reason: str) -> None:
    """Raises NobodyToStrike, ReasonMissing, StruckAlready, CountedAlready."""
    if not attendances:
        raise NobodyToStrike
    because(reason, SAY_WHY)
    for each in attendances:
        if each.struck_reason is not None:
            raise StruckAlready(name=each.name)
        if each.is_handed_over:
            raise CountedAlready(name=each.name)
