"""What a training provider types."""

from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from uuid import UUID

from fastapi import Form
from pydantic import BaseModel

from kernel.errors import N_, Invalid, Problem
from training.classes.rules import Part
from training.outlines.rules import TrainingKind

LONGEST = 200
LONGEST_REASON = 500

Wrong = dict[str, Problem | str]


class NotADate(Problem):
    sentence = N_("Type the date as year-month-day, for example 2026-05-31.")


class NotATime(Problem):
    sentence = N_("Type the time as hours and minutes, for example 08:30.")


class NotANumber(Problem):
    sentence = N_("Type a number of hours, for example 4 or 1.5.")


class ChooseOne(Problem):
    sentence = N_("Choose one of the list.")


class TypeSomething(Problem):
    sentence = N_("This is missing.")


class Enrolling(BaseModel):
    """The enrolment form as typed."""

    person: str = ""
    course: str = ""
    kind: str = ""
    teachers: list[str] = []
    demonstration: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `enrol`. Raises Invalid with what cannot be read, by field."""
        wrong: Wrong = {}
        meant = {
            "person_id": _id(self.person, "person", wrong),
            "course": _text(self.course, "course", wrong),
            "kind": _one_of(TrainingKind, self.kind, "kind", wrong),
            "teacher_ids": [_id(each, "teachers", wrong) for each in self.teachers],
        }
        if wrong:
            raise Invalid(wrong)
        return meant


class Holding(BaseModel):
    """The form of a class as typed."""

    qualification: str = ""
    part: str = ""
    subject: str = ""
    place: str = ""
    held_on: str = ""
    begins: str = ""
    hours: str = ""
    teacher: str = ""
    learners: list[str] = []

    def meant(self) -> dict[str, Any]:
        """The arguments of `record_class`. Raises Invalid with what cannot be read, by field."""
        wrong: Wrong = {}
        meant = {
            "qualification": _text(self.qualification, "qualification", wrong),
            "part": _one_of(Part, self.part, "part", wrong),
            "subject": _text(self.subject, "subject", wrong),
            "place": _text(self.place, "place", wrong),
            "held_on": _date(self.held_on, "held_on", wrong),
            "begins": _time(self.begins, "begins", wrong),
            "hours": _hours(self.hours, "hours", wrong),
            "teacher_id": _id(self.teacher, "teacher", wrong),
            "enrolment_ids": [_id(each, "learners", wrong) for each in self.learners],
        }
        if wrong:
            raise Invalid(wrong)
        return meant


class Striking(BaseModel):
    """Attendances to strike out, as typed."""

    learners: list[str] = []
    reason: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `strike_attendance`. Raises Invalid with what cannot be read, by field."""
        wrong: Wrong = {}
        meant = {
            "enrolment_ids": [_id(each, "learners", wrong) for each in self.learners],
            "reason": self.reason.strip()[:LONGEST_REASON],
        }
        if wrong:
            raise Invalid(wrong)
        return meant


class Withdrawing(BaseModel):
    """Why a learner leaves, as typed."""

    reason: str = ""


def _text(typed: str, field: str, wrong: Wrong) -> str:
    if not typed.strip():
        wrong[field] = TypeSomething()
    return typed.strip()[:LONGEST]


def _id(typed: str, field: str, wrong: Wrong) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        wrong[field] = ChooseOne()
        return None


def _one_of(kind: type[TrainingKind] | type[Part], typed: str, field: str, wrong: Wrong) -> TrainingKind | Part | None:
    try:
        return kind(typed)
    except ValueError:
        wrong[field] = ChooseOne()
        return None


def _date(typed: str, field: str, wrong: Wrong) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        wrong[field] = NotADate()
        return None


def _time(typed: str, field: str, wrong: Wrong) -> time | None:
    hours, colon, minutes = typed.strip().replace("：", ":").partition(":")
    try:
        return time(int(hours), int(minutes) if colon else 0)
    except ValueError:
        wrong[field] = NotATime()
        return None


def _hours(typed: str, field: str, wrong: Wrong) -> Decimal | None:
    try:
        hours = Decimal(typed.strip())
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite():
        wrong[field] = NotANumber()
        return None
    return hours


EnrollingForm = Annotated[Enrolling, Form()]
HoldingForm = Annotated[Holding, Form()]
StrikingForm = Annotated[Striking, Form()]
WithdrawingForm = Annotated[Withdrawing, Form()]
