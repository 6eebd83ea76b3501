"""What is typed in the exam office, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from exams.registrations.queries import Filters, RegistrationRow
from exams.registrations.rules import State
from exams.scoring.rules import Outcome
from exams.sittings.queries import Filters as SittingFilters
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.errors import N_
from web import words
from web.typed import (
    Fields,
    a_day,
    a_line,
    a_time,
    a_whole_number,
    an_id,
    at_most,
    chosen,
    day_sought,
    if_any,
    in_shanghai,
    one_of,
    readable,
    sought,
)

MOST_IN_AN_ANSWER = 1_000

HEADINGS = (
    N_("Name"),
    N_("Trade"),
    N_("Part"),
    N_("State"),
    N_("Applied"),
    N_("Not before"),
    N_("Exam by"),
    N_("Admission number"),
    N_("Seat"),
)
SITTING_HEADINGS = (
    N_("Sitting"),
    N_("When"),
    N_("Trade"),
    N_("Part"),
    N_("Exam centre"),
    N_("Room"),
    N_("Candidates"),
    N_("Candidates at most"),
    N_("State"),
)


COUNT_WORDS = {
    Outcome.RIGHT: N_("Answered right"),
    Outcome.PARTLY: N_("Answered in part"),
    Outcome.WRONG: N_("Answered wrong"),
    Outcome.UNANSWERED: N_("Left unanswered"),
}


class TypedSitting(BaseModel):
    """A new sitting; `exam` is ``low_voltage/theory``."""

    exam: str = ""
    room_id: str = ""
    day: str = ""
    time: str = ""
    capacity: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `plan_sitting` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            exam = read("exam", an_exam)
            room_id = read("room_id", an_id)
            day, at = read("day", a_day), read("time", a_time)
            capacity = read("capacity", if_any(a_whole_number))
        return {
            "room_id": room_id,
            "qualification": exam[0],
            "part": exam[1],
            "starts_at": in_shanghai(day, at),
            "capacity": capacity,
        }


class TypedSeating(BaseModel):
    """Who gets a seat: those ticked, or the first `count` of the queue."""

    registration: list[UUID] = []
    count: str = ""
    order: str = "lot"

    def how_many(self) -> int:
        """Raises Invalid."""
        with Fields(self) as read:
            count = read("count", if_any(a_whole_number))
        return count or 0


class TypedDuty(BaseModel):
    """Who of the centre's staff serves."""

    staff_id: str = ""

    def staff(self) -> UUID:
        """Raises Invalid."""
        with Fields(self) as read:
            return read("staff_id", an_id)


class TypedAnswer(BaseModel):
    """What a re-check found."""

    note: str = ""

    def said(self) -> str:
        """Raises Invalid."""
        with Fields(self) as read:
            return read("note", at_most(MOST_IN_AN_ANSWER))


class TypedRevision(TypedAnswer):
    """The same, with the questions that were faulty."""

    numbers: str = ""

    def meant(self) -> dict[str, str]:
        """The arguments of `prepare_revision` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            return {"numbers": read("numbers", a_line), "note": read("note", at_most(MOST_IN_AN_ANSWER))}


def an_exam(typed: str) -> tuple[str, Part]:
    """A qualification and the part of its exam."""
    code, _, part = typed.partition("/")
    return code, one_of(Part)(part)


def filters_from(query: Mapping[str, str]) -> Filters:
    """The filter in an address."""
    code, _, part = query.get("exam", "").partition("/")
    return Filters(
        search=sought(query),
        qualification=code or None,
        part=readable(one_of(Part), part),
        state=chosen(State, query, "state"),
    )


def sitting_filters_from(query: Mapping[str, str]) -> SittingFilters:
    """The filter of the sittings in an address."""
    code, _, part = query.get("exam", "").partition("/")
    return SittingFilters(
        search=sought(query),
        qualification=code or None,
        part=readable(one_of(Part), part),
        state=chosen(SittingState, query, "state"),
        day=day_sought(query),
    )


def excel_row(row: RegistrationRow, trade: Callable[[str], str], part: str, state: str) -> list[str]:
    """One line of the list as it is downloaded, in the order of HEADINGS."""
    return [
        row.name,
        trade(row.qualification),
        part,
        state,
        words.instant(row.applied_at),
        words.day(row.earliest_on),
        words.day(row.exam_by),
        row.admission_number or "",
        str(row.seat or ""),
    ]


def excel_sitting(
    row: SittingRow, trade: str, part: str, state: str, named: Callable[[Mapping[str, str]], str]
) -> list[str]:
    """One line of the list of sittings as it is downloaded, in the order of SITTING_HEADINGS."""
    return [
        row.code,
        words.instant(row.starts_at),
        trade,
        part,
        named(row.room.centre.names),
        named(row.room.names),
        str(row.seated),
        str(row.capacity),
        state,
    ]
