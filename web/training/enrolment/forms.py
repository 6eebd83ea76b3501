"""What a training provider types."""

from typing import Annotated, Any

from fastapi import Form
from pydantic import BaseModel

from training.classes.rules import Part
from training.outlines.rules import TrainingKind
from web.typed import Fields, a_day, a_number, a_remark, a_time, an_id, one_of, some_text


class Enrolling(BaseModel):
    """The enrolment form as typed."""

    person: str = ""
    course: str = ""
    kind: str = ""
    teachers: list[str] = []
    demonstration: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `enrol`. Raises Invalid with what cannot be read, by field."""
        with Fields(self) as read:
            person_id, course = read("person", an_id), read("course", some_text)
            kind = read("kind", one_of(TrainingKind))
            teacher_ids = read.each("teachers", an_id)
        return {"person_id": person_id, "course": course, "kind": kind, "teacher_ids": teacher_ids}


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
        with Fields(self) as read:
            return {
                "qualification": read("qualification", some_text),
                "part": read("part", one_of(Part)),
                "subject": read("subject", some_text),
                "place": read("place", some_text),
                "held_on": read("held_on", a_day),
                "begins": read("begins", a_time),
                "hours": read("hours", a_number),
                "teacher_id": read("teacher", an_id),
                "enrolment_ids": read.each("learners", an_id),
            }


class Striking(BaseModel):
    """Attendances to strike out, as typed."""

    learners: list[str] = []
    reason: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `strike_attendance`. Raises Invalid with what cannot be read, by field."""
        with Fields(self) as read:
            enrolment_ids, reason = read.each("learners", an_id), read("reason", a_remark)
        return {"enrolment_ids": enrolment_ids, "reason": reason}


EnrollingForm = Annotated[Enrolling, Form()]
HoldingForm = Annotated[Holding, Form()]
StrikingForm = Annotated[Striking, Form()]
