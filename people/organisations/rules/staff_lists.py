"""Reading a staff list: the heading row, then each row into a line that can be kept or problems that can be mended.

One bad cell costs its row, never the list. Rows carry the number that Excel shows, so that a clerk finds them. Whether
a line fits what is already recorded is judged in `reconciliation`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kernel.errors import N_, Problem
from people.accounts.rules.id_numbers import IdNumber
from people.organisations.errors import (
    ColumnsMissing,
    ColumnTwice,
    HeaderMissing,
    HireDateBeforeWorkingAge,
    ListEmpty,
    PersonTwiceInList,
)
from people.organisations.rules.cells import (
    parse_answer,
    parse_hire_date,
    parse_id_cell,
    parse_name,
    parse_phone,
    parse_post,
)
from people.organisations.rules.sheets import Cell, SheetRow, column_letters

HEADER_WITHIN: Final = 20  # rows; above the headings lists carry titles and dates
WORKING_AGE: Final = 16  # Labour Law (劳动法) art. 15
EMPTY: Final = Cell(None)


class Column(StrEnum):
    """A column of a staff list, in the order of the template."""

    NAME = "name"
    ID_NUMBER = "id_number"
    POST = "post"
    PHONE = "phone"
    HIRED_ON = "hired_on"
    MIGRANT_WORKER = "migrant_worker"
    INJURY_INSURANCE = "injury_insurance"

    @property
    def label(self) -> str:
        """The heading as a message id; `HEADINGS` holds what is understood when read."""
        return _LABELS[self]


_LABELS: Final = {
    Column.NAME: N_("Name"),
    Column.ID_NUMBER: N_("ID number"),
    Column.POST: N_("Post"),
    Column.PHONE: N_("Mobile number"),
    Column.HIRED_ON: N_("Hire date"),
    Column.MIGRANT_WORKER: N_("Migrant worker"),
    Column.INJURY_INSURANCE: N_("Work-injury insurance"),
}
HEADINGS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.NAME: ("姓名", "员工姓名", "名字", "name", "full name"),
    Column.ID_NUMBER: ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "id number", "identity number"),
    Column.POST: ("岗位", "岗位名称", "工种", "职务", "post", "position", "job"),
    Column.PHONE: ("手机号", "手机号码", "手机", "联系电话", "电话", "mobile number", "phone", "mobile"),
    Column.HIRED_ON: ("入职日期", "入职时间", "到岗日期", "hire date", "hired on", "date of hire"),
    Column.MIGRANT_WORKER: ("农民工", "是否农民工", "migrant worker", "rural migrant worker"),
    Column.INJURY_INSURANCE: (
        "工伤保险",
        "是否参加工伤保险",
        "参加工伤保险",
        "work-injury insurance",
        "injury insurance",
    ),
}
OPTIONAL: Final = frozenset({Column.PHONE})
_BY_HEADING: Final = {heading: column for column, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person as the list gives them, every cell understood."""

    row: int
    name: str
    id_number: IdNumber
    post: str
    phone: str | None
    hired_on: date
    migrant_worker: bool
    injury_insurance: bool


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a row was not taken: one of its cells, what stood in it, and the refusal."""

    row: int
    column: Column
    typed: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken, with what was typed in it, so that it can be mended and imported again."""

    row: int
    typed: Mapping[Column, str]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everything a file said: each of its rows is in exactly one of the two."""

    lines: tuple[StaffLine, ...]
    bad_rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the cells are judged against."""

    today: date
    posts: Sequence[str]
    aliases: Mapping[str, str]
    demonstration: bool = False


def read_staff_list(rows: Iterable[SheetRow], expected: Expectations) -> StaffList:
    """Read the rows of a sheet.

    Raises:
        StaffListUnusable: a subclass; there is no heading row, a column is missing or doubled, or nobody is listed.
    """
    rows = tuple(rows)
    heading = find_heading(rows)
    columns = _columns(heading)
    lines: list[StaffLine] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for row in rows[rows.index(heading) + 1 :]:
        cells = {column: _cell_at(row, place) for column, place in columns.items()}
        if not any(cell.shown for cell in cells.values()):
            continue
        outcome = read_line(row.number, cells, expected, seen)
        if isinstance(outcome, StaffLine):
            seen[outcome.id_number.text] = row.number
            lines.append(outcome)
        else:
            bad.append(outcome)
    if not lines and not bad:
        raise ListEmpty
    return StaffList(tuple(lines), tuple(bad))


def find_heading(rows: Sequence[SheetRow]) -> SheetRow:
    """The first row that names at least the name and the ID number."""
    for row in rows:
        if row.number > HEADER_WITHIN:
            break
        found = {_column_of(cell) for cell in row.cells}
        if {Column.NAME, Column.ID_NUMBER} <= found:
            return row
    raise HeaderMissing(rows=HEADER_WITHIN)


def bad_row(row: int, typed: Mapping[Column, str], problems: Mapping[Column, Problem]) -> BadRow:
    """A row with the problems found in its cells."""
    found = tuple(CellProblem(row, column, typed.get(column, ""), each) for column, each in problems.items())
    return BadRow(row, dict(typed), found)


def _columns(heading: SheetRow) -> dict[Column, int]:
    places: dict[Column, int] = {}
    for place, cell in enumerate(heading.cells):
        column = _column_of(cell)
        if column is None:
            continue
        if column in places:
            first, second = column_letters(places[column]), column_letters(place)
            raise ColumnTwice(column=cell.shown, first=first, second=second)
        places[column] = place
    missing = [column for column in Column if column not in places and column not in OPTIONAL]
    if missing:
        raise ColumnsMissing(columns=", ".join(f"{HEADINGS[each][0]} ({each.label})" for each in missing))
    return places


def _column_of(cell: Cell) -> Column | None:
    text = unicodedata.normalize("NFKC", cell.shown).casefold()
    text = re.sub(r"[（(].*[)）]|[*＊:：]", "", text)  # “手机号（11位）”, “姓名*”
    return _BY_HEADING.get(re.sub(r"\s+", " " if text.isascii() else "", text).strip())


def _cell_at(row: SheetRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else EMPTY


def read_line(
    number: int, cells: Mapping[Column, Cell], expected: Expectations, seen: Mapping[str, int]
) -> StaffLine | BadRow:
    """One row's cells as a line, or its problems. `seen`: the ID numbers of earlier rows and where they stand."""
    values: dict[Column, object] = {}
    problems: dict[Column, Problem] = {}
    for column, parse in _parsers(expected).items():
        try:
            values[column] = parse(cells.get(column, EMPTY))
        except Problem as problem:
            problems[column] = problem
    _check_person(values, problems, seen)
    if problems:
        typed = {column: cell.shown for column, cell in cells.items()}
        return bad_row(number, typed, {column: problems[column] for column in Column if column in problems})
    return StaffLine(row=number, **{column.value: value for column, value in values.items()})  # type: ignore[arg-type]


def _parsers(expected: Expectations) -> dict[Column, Callable[[Cell], object]]:
    today, demonstration = expected.today, expected.demonstration
    return {
        Column.NAME: parse_name,
        Column.ID_NUMBER: lambda cell: parse_id_cell(cell, today=today, demonstration=demonstration),
        Column.POST: lambda cell: parse_post(cell, expected.posts, expected.aliases),
        Column.PHONE: lambda cell: parse_phone(cell, demonstration=demonstration),
        Column.HIRED_ON: lambda cell: parse_hire_date(cell, today=today),
        Column.MIGRANT_WORKER: parse_answer,
        Column.INJURY_INSURANCE: parse_answer,
    }


def _check_person(values: Mapping[Column, object], problems: dict[Column, Problem], seen: Mapping[str, int]) -> None:
    """What can only be judged with more than one cell."""
    id_number, hired_on = values.get(Column.ID_NUMBER), values.get(Column.HIRED_ON)
    if not isinstance(id_number, IdNumber):
        return
    if id_number.text in seen:
        problems[Column.ID_NUMBER] = PersonTwiceInList(row=seen[id_number.text])
    if isinstance(hired_on, date) and hired_on < birthday(id_number.birth_date, WORKING_AGE):
        problems[Column.HIRED_ON] = HireDateBeforeWorkingAge()


def birthday(born: date, age: int) -> date:
    """The day on which somebody turns `age`; who was born on 29 February turns it on 1 March of other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
