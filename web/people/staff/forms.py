"""What is typed on the staff screens, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from kernel.errors import N_, Invalid, Problem
from people.accounts.rules.id_numbers import IdNumberUnusable
from people.organisations.actions import post_aliases
from people.organisations.errors import PostMissing
from people.organisations.queries import Organisation, Post, StaffFilter, StaffRow
from people.organisations.rules.cells import parse_answer, parse_day
from people.organisations.rules.employments import Standing
from people.organisations.rules.sheets import Cell
from people.organisations.rules.staff_lists import BadRow, Column, Expectations, StaffLine, read_line
from people.positions.queries import vocabulary
from people.positions.rules import PostKind

ANSWERS = {"yes": True, "no": False}
HEADINGS = (*(column.label for column in Column), N_("Left on"))
Short = Annotated[str, StringConstraints(max_length=200)]


class TypedPerson(BaseModel):
    """The form of a new line; the fields are named like the columns of a list."""

    name: Short = ""
    id_number: Short = ""
    post: Short = ""
    phone: Short = ""
    hired_on: Short = ""
    migrant_worker: Short = ""
    injury_insurance: Short = ""


class TypedMove(BaseModel):
    """Another post, and since when."""

    post_id: Short = ""
    changed_on: Short = ""


class TypedParticulars(BaseModel):
    migrant_worker: Short = ""
    injury_insurance: Short = ""


class TypedLeaving(BaseModel):
    left_on: Short = ""


class TypedPost(BaseModel):
    post_name: Short = ""
    kind: Short = ""


def filter_from(query: Mapping[str, str]) -> StaffFilter:
    """The filter in an address. What cannot be read filters nothing, so that an old link still shows a list."""
    return StaffFilter(
        search=query.get("q", "")[:100].replace("\0", ""),
        post_id=_uuid(query.get("post", "")),
        migrant_worker=ANSWERS.get(query.get("migrant", "")),
        injury_insurance=ANSWERS.get(query.get("insurance", "")),
        standing=_standing(query.get("standing", "")),
    )


def page_from(query: Mapping[str, str]) -> int:
    """The page number in an address; 1 where there is none."""
    typed = query.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1  # noqa: PLR2004 - a million


def line_from(typed: TypedPerson, expected: Expectations) -> StaffLine:
    """One person typed by hand, judged by the same rules as a row of a list. Raises Invalid by field."""
    cells = {column: Cell(getattr(typed, column.value)) for column in Column}
    outcome = read_line(0, cells, expected, {})
    if isinstance(outcome, BadRow):
        raise Invalid({each.column.value: each.problem for each in outcome.problems})
    return outcome


def id_rule(own: Organisation, today: date, say: Callable[[str], str]) -> dict[str, object]:
    """What the page needs to judge an ID number when its field is left: the day, and the words of each refusal."""
    words = {kind.__name__: say(kind.sentence) for kind in IdNumberUnusable.__subclasses__()}
    return {"today": today.isoformat(), "demonstration": own.is_demonstration, "words": words}


def day_from(typed: str, field: str) -> date:
    """A day typed into `field`. Raises Invalid at that field."""
    try:
        return parse_day(Cell(typed))
    except Problem as problem:
        raise Invalid({field: problem}) from problem


def answer_from(typed: str, field: str) -> bool:
    """Yes or no chosen in `field`. Raises Invalid at that field."""
    try:
        return parse_answer(Cell(typed))
    except Problem as problem:
        raise Invalid({field: problem}) from problem


def expectations(own: Organisation, posts: Sequence[Post], today: date) -> Expectations:
    """What a person typed by hand is judged against: the same as a row of a list."""
    return Expectations(
        today=today,
        posts=[post.name for post in posts],
        aliases=post_aliases(posts),
        demonstration=own.is_demonstration,
    )


def required_by(kind: PostKind, today: date) -> dict[str, object]:
    """What a kind of post demands today, as a page shows it."""
    requirement = kind.requirement(today)
    codes = requirement.qualifications if requirement else ()
    return {
        "kind": {"zh": kind.zh, "en": kind.en},
        "qualifications": [vocabulary().qualification(code).names for code in codes],
        "new_worker_training": bool(requirement and requirement.new_worker_training),
    }


def excel_row(row: StaffRow, numbers: Mapping[UUID, str], say: Callable[[str], str]) -> list[str | date]:
    """One line as the Excel of the list has it: the same values as on the screen."""
    return [
        row.name,
        numbers.get(row.person_id, ""),
        row.post_name,
        row.phone or "",
        row.hired_on,
        say(N_("Yes") if row.migrant_worker else N_("No")),
        say(N_("Yes") if row.injury_insurance else N_("No")),
        row.left_on or "",
    ]


def post_id_from(typed: TypedMove) -> UUID:
    """The post that was chosen. Raises Invalid at its field."""
    chosen = _uuid(typed.post_id)
    if chosen is None:
        raise Invalid({"post_id": PostMissing()})
    return chosen


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _standing(typed: str) -> Standing:
    return Standing(typed) if typed in set(Standing) else Standing.CURRENT
