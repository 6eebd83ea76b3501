"""When a class may be recorded for a learner. Hours are 学时."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from training.classes.errors import (
    ClassOfWrongLength,
    HeldBeforeEnrolment,
    NotYetHeld,
    OfAnotherQualification,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtClass:
    """A class that was held."""

    qualification: str
    part: Part
    held_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """What must be known of a learner before a class counts for them."""

    name: str
    qualification: str
    enrolled_on: date
    daily_cap_hours: int
    hours_that_day: Decimal


def check_class(taught: TaughtClass, *, today: date, cap: int) -> None:
    """Raises NotYetHeld, ClassOfWrongLength."""
    if taught.held_on > today:
        raise NotYetHeld
    if not 0 < taught.hours <= cap:
        raise ClassOfWrongLength(cap=cap)


def check_attendance(taught: TaughtClass, attendee: Attendee) -> None:
    """Raises OfAnotherQualification, HeldBeforeEnrolment, TooMuchForOneDay."""
    if attendee.qualification != taught.qualification:
        raise OfAnotherQualification(name=attendee.name)
    if taught.held_on < attendee.enrolled_on:
        raise HeldBeforeEnrolment(name=attendee.name, on=taught.held_on.isoformat())
    if attendee.hours_that_day + taught.hours > attendee.daily_cap_hours:
        raise TooMuchForOneDay(name=attendee.name, cap=attendee.daily_cap_hours, on=taught.held_on.isoformat())
