"""What is typed on the staff screens, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from kernel.errors import N_, Invalid
from people.accounts.rules.id_numbers import IdNumberUnusable
from people.organisations.actions import post_aliases
from people.organisations.errors import PostMissing
from people.organisations.queries import Organisation, Post, StaffFilter, StaffRow
from people.organisations.rules.cells import parse_answer
from people.organisations.rules.employments import Standing
from people.organisations.rules.sheets import Cell
from people.organisations.rules.staff_lists import BadRow, Column, Expectations, StaffLine, read_line
from people.positions.queries import vocabulary
from people.positions.rules import PostKind
from web.typed import Fields, a_day, a_line, an_id, chosen, readable, sought

ANSWERS = {"yes": True, "no": False}
HEADINGS = (*(column.label for column in Column), N_("Left on"))


class TypedPerson(BaseModel):
    """The form of a new line; the fields are named like the columns of a list."""

    name: str = ""
    id_number: str = ""
    post: str = ""
    phone: str = ""
    hired_on: str = ""
    migrant_worker: str = ""
    injury_insurance: str = ""


class TypedMove(BaseModel):
    """Another post, and since when."""

    post_id: str = ""
    changed_on: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `change_post` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            post_id, changed_on = read("post_id", _a_post), read("changed_on", a_day)
        return {"post_id": post_id, "changed_on": changed_on}


class TypedParticulars(BaseModel):
    migrant_worker: str = ""
    injury_insurance: str = ""

    def meant(self) -> tuple[bool, bool]:
        """Whether insured, and whether a migrant worker. Raises Invalid by field."""
        with Fields(self) as read:
            insured, migrant = read("injury_insurance", _an_answer), read("migrant_worker", _an_answer)
        return insured, migrant


class TypedLeaving(BaseModel):
    left_on: str = ""

    def last_day(self) -> date:
        """Raises Invalid."""
        with Fields(self) as read:
            return read("left_on", a_day)


class TypedPost(BaseModel):
    post_name: str = ""
    kind: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `add_post`. Raises Invalid by field."""
        with Fields(self) as read:
            name = read("post_name", a_line)
        return {"name": name, "kind": self.kind}


def _a_post(typed: str) -> UUID:
    chosen_post = readable(an_id, typed)
    if chosen_post is None:
        raise PostMissing
    return chosen_post


def _an_answer(typed: str) -> bool:
    return parse_answer(Cell(typed))


def filter_from(query: Mapping[str, str]) -> StaffFilter:
    """The filter in an address."""
    return StaffFilter(
        search=sought(query),
        post_id=readable(an_id, query.get("post", "")),
        migrant_worker=ANSWERS.get(query.get("migrant", "")),
        injury_insurance=ANSWERS.get(query.get("insurance", "")),
        standing=chosen(Standing, query, "standing") or Standing.CURRENT,
    )


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


def expectations(own: Organisation, posts: Sequence[Post], today: date) -> Expectations:
    """What a person typed by hand is judged against: the same as a row of a list."""
    return Expectations(
        today=today,
        posts=[post.name for post in posts],
        aliases=post_aliases(posts),
        demonstration=own.is_demonstration,
    )


def required_by(kind: PostKind, own: Organisation, today: date) -> dict[str, object]:
    """What a kind of post demands today where the enterprise stands, as a page shows it."""
    requirement = kind.requirement(today, own.region)
    codes = requirement.qualifications if requirement else ()
    return {
        "kind": kind.names,
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
