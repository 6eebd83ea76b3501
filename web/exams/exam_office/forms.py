"""What is typed in the exam office, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from exams.registrations.queries import Filters, RegistrationRow
from exams.registrations.rules import State
from exams.scoring.rules import Outcome
from exams.sittings.queries import Filters as SittingFilters
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.clock import SHANGHAI
from kernel.errors import N_, Invalid, Problem
from web import words

Short = Annotated[str, StringConstraints(max_length=200)]
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


class NotADay(Problem):
    sentence = N_("Type the day as 2026-05-31.")


class NotATime(Problem):
    sentence = N_("Type the time as 09:00.")


class NotANumber(Problem):
    sentence = N_("Type a whole number.")


class ChooseOne(Problem):
    sentence = N_("Choose one of the list.")


class TypedSitting(BaseModel):
    """A new sitting; `exam` is ``low_voltage/theory``."""

    exam: Short = ""
    room_id: Short = ""
    day: Short = ""
    time: Short = ""
    capacity: Short = ""

    def starts_at(self) -> datetime:
        """The Shanghai moment typed. Raises Invalid by field."""
        wrong: dict[str, Problem | str] = {}
        try:
            day = datetime.fromisoformat(self.day.strip()).date()
        except ValueError:
            wrong["day"] = NotADay()
        try:
            at = time.fromisoformat(self.time.strip())
        except ValueError:
            wrong["time"] = NotATime()
        if wrong:
            raise Invalid(wrong)
        return datetime.combine(day, at.replace(tzinfo=None), SHANGHAI)

    def qualification_and_part(self) -> tuple[str, Part]:
        """Raises Invalid."""
        code, _, part = self.exam.partition("/")
        try:
            return code, Part(part)
        except ValueError:
            raise Invalid({"exam": ChooseOne()}) from None

    def room(self) -> UUID:
        """Raises Invalid."""
        return uuid_from(self.room_id, "room_id")

    def seats(self) -> int | None:
        """None where nothing was typed. Raises Invalid."""
        return whole_number(self.capacity, "capacity")


class TypedSeating(BaseModel):
    """Who gets a seat: those ticked, or the first `count` of the queue."""

    registration: list[UUID] = []
    count: Short = ""
    order: Short = "lot"


def whole_number(text: str, field: str) -> int | None:
    """Raises Invalid at `field`."""
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 7):  # noqa: PLR2004 - a million
        raise Invalid({field: NotANumber()})
    return int(text)


def uuid_from(text: str, field: str) -> UUID:
    """Raises Invalid at `field`."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid({field: ChooseOne()}) from None


def uuids_from(texts: Iterable[str]) -> list[UUID]:
    """The ids in an address; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def filters_from(query: Mapping[str, str]) -> Filters:
    """The filter in an address. What cannot be read filters nothing, so that an old link still shows a list."""
    code, _, part = query.get("exam", "").partition("/")
    states = {state.value: state for state in State}
    parts = {each.value: each for each in Part}
    return Filters(
        search=query.get("q", "")[:100].replace("\0", ""),
        qualification=code or None,
        part=parts.get(part),
        state=states.get(query.get("state", "")),
    )


def sitting_filters_from(query: Mapping[str, str]) -> SittingFilters:
    """The filter of the sittings in an address, as forgiving as the other."""
    code, _, part = query.get("exam", "").partition("/")
    states = {state.value: state for state in SittingState}
    parts = {each.value: each for each in Part}
    try:
        day = date.fromisoformat(query.get("day", "").strip())
    except ValueError:
        day = None
    return SittingFilters(
        search=query.get("q", "").strip()[:100].replace("\0", ""),
        qualification=code or None,
        part=parts.get(part),
        state=states.get(query.get("state", "")),
        day=day,
    )


def page_from(query: Mapping[str, str]) -> int:
    """The page number in an address; 1 where there is none."""
    typed = query.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1  # noqa: PLR2004 - a million


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
