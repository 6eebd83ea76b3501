"""Reading a list of organisations: the heading row, then each row into a line or into problems that can be mended.

One bad cell costs its row, never the list. Rows carry the number that Excel shows, so that a clerk finds them.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kernel.errors import N_, Problem
from kernel.lasting import lasting
from people.admissions.errors import CodeTwiceInList, NothingListed
from people.admissions.rules.cells import Places, read_code, read_kind, read_trade
from people.organisations.errors import ColumnsMissing, ColumnTwice, HeaderMissing, RecalledProblem
from people.organisations.rules.cells import parse_phone, typed_text
from people.organisations.rules.employments import OrganisationKind, organisation_name
from people.organisations.rules.sheets import Cell, SheetRow, column_letters

HEADER_WITHIN: Final = 20  # rows; above the headings lists carry titles and dates
EMPTY: Final = Cell(None)
REPORT: Final = lasting("people.organisation_list")


class Column(StrEnum):
    """A column of a list of organisations, in the order of the template."""

    NAME = "name"
    CREDIT_CODE = "credit_code"
    KIND = "kind"
    REGION = "region"
    TRADE = "trade"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The heading as a message id; `HEADINGS` holds what is understood when read."""
        return _LABELS[self]


_LABELS: Final = {
    Column.NAME: N_("Name of the organisation"),
    Column.CREDIT_CODE: N_("Unified social credit code"),
    Column.KIND: N_("Kind of organisation"),
    Column.REGION: N_("Region"),
    Column.TRADE: N_("What it does"),
    Column.PHONE: N_("Mobile number"),
}
HEADINGS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.NAME: ("单位名称", "企业名称", "机构名称", "名称", "name", "name of the organisation"),
    Column.CREDIT_CODE: (
        *("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码"),
        *("credit code", "unified social credit code"),
    ),
    Column.KIND: ("单位类型", "单位类别", "类型", "类别", "kind", "kind of organisation"),
    Column.REGION: (
        "所在地区",
        "所在县",
        "所在区县",
        "区县",
        "县区",
        "行政区划",
        "行政区划代码",
        "地区",
        "region",
        "county",
    ),
    Column.TRADE: ("所属行业", "行业", "行业类别", "trade", "what it does"),
    Column.PHONE: ("联系电话", "手机号", "手机号码", "联系手机", "电话", "mobile number", "phone", "telephone"),
}
OPTIONAL: Final = frozenset({Column.KIND, Column.REGION, Column.TRADE, Column.PHONE})
_BY_HEADING: Final = {heading: column for column, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation as the list gives it, every cell understood. `region`: its code."""

    row: int
    name: str
    credit_code: str
    kind: OrganisationKind
    region: str
    trade: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a row was not taken: one of its cells, what stood in it, and the refusal."""

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
class OrganisationList:
    """Everything a file said: each of its rows is in exactly one of the two."""

    lines: tuple[OrganisationLine, ...]
    bad_rows: tuple[BadRow, ...]


def read_list(rows: Sequence[SheetRow], places: Places, *, demonstration: bool) -> OrganisationList:
    """Read the rows of a sheet.

    Raises:
        StaffListUnusable: there is no heading row, a column is missing or doubled, or nothing is listed.
    """
    heading = _heading(rows)
    columns = _columns(heading)
    lines: list[OrganisationLine] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for row in rows[rows.index(heading) + 1 :]:
        cells = {column: _cell_at(row, place) for column, place in columns.items()}
        if not any(cell.shown for cell in cells.values()):
            continue
        outcome = _line(row.number, cells, places, seen, demonstration=demonstration)
        if isinstance(outcome, OrganisationLine):
            seen[outcome.credit_code] = row.number
            lines.append(outcome)
        else:
            bad.append(outcome)
    if not lines and not bad:
        raise NothingListed
    return OrganisationList(tuple(lines), tuple(bad))


def bad_line(line: OrganisationLine, column: Column, problem: Problem) -> BadRow:
    """A line that was understood, and refused all the same."""
    typed = {
        Column.NAME: line.name,
        Column.CREDIT_CODE: line.credit_code,
        Column.KIND: "" if line.kind is OrganisationKind.ENTERPRISE else line.kind.value.replace("_", " "),
        Column.REGION: line.region,
        Column.TRADE: line.trade or "",
        Column.PHONE: line.phone or "",
    }
    return BadRow(line.row, typed, (CellProblem(column, typed[column], problem),))


def _heading(rows: Sequence[SheetRow]) -> SheetRow:
    for row in rows:
        if row.number <= HEADER_WITHIN and {Column.NAME, Column.CREDIT_CODE} <= {
            _column_of(cell) for cell in row.cells
        }:
            return row
    raise HeaderMissing(rows=HEADER_WITHIN)


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
        raise ColumnsMissing(columns=", ".join(HEADINGS[each][0] for each in missing))
    return places


def _column_of(cell: Cell) -> Column | None:
    text = unicodedata.normalize("NFKC", cell.shown).casefold()
    text = re.sub(r"[（(].*[)）]|[*＊:：]", "", text)  # “联系电话（手机）”, “单位名称*”
    return _BY_HEADING.get(re.sub(r"\s+", " " if text.isascii() else "", text).strip())


def _cell_at(row: SheetRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else EMPTY


def _line(
    number: int, cells: Mapping[Column, Cell], places: Places, seen: Mapping[str, int], *, demonstration: bool
) -> OrganisationLine | BadRow:
    values: dict[Column, Any] = {}
    problems: dict[Column, Problem] = {}
    for column, read in _readers(places, demonstration=demonstration).items():
        try:
            values[column] = read(cells.get(column, EMPTY))
        except Problem as problem:
            problems[column] = problem
    _check_code(values, problems, places, seen)
    if problems:
        found = (CellProblem(each, cells.get(each, EMPTY).shown, problems[each]) for each in Column if each in problems)
        return BadRow(number, {column: cell.shown for column, cell in cells.items()}, tuple(found))
    code = values.pop(Column.CREDIT_CODE)
    return OrganisationLine(
        row=number, credit_code=code.text, **{column.value: value for column, value in values.items()}
    )


def _check_code(
    values: dict[Column, Any], problems: dict[Column, Problem], places: Places, seen: Mapping[str, int]
) -> None:
    """What can only be judged with more than one cell; an empty region is that of the credit code."""
    code = values.get(Column.CREDIT_CODE)
    if code is None:
        return
    if code.text in seen:
        problems[Column.CREDIT_CODE] = CodeTwiceInList(row=seen[code.text])
    if Column.REGION in values and values[Column.REGION] is None:
        try:
            values[Column.REGION] = places.around(code)
        except Problem as problem:
            problems[Column.REGION] = problem


def _readers(places: Places, *, demonstration: bool) -> dict[Column, Callable[[Cell], object]]:
    return {
        Column.NAME: lambda cell: organisation_name(typed_text(cell)),
        Column.CREDIT_CODE: lambda cell: read_code(cell, demonstration=demonstration),
        Column.KIND: read_kind,
        Column.REGION: places.read,
        Column.TRADE: read_trade,
        Column.PHONE: lambda cell: parse_phone(cell, demonstration=demonstration),
    }


def as_json(bad_rows: Sequence[BadRow]) -> dict[str, Any]:
    """`bad_rows` as plain JSON values, sentences as message ids: the report is read again in either language."""
    return REPORT.written(
        {
            "rows": [
                {
                    "row": bad.row,
                    "typed": {column.value: _plain(text) for column, text in bad.typed.items()},
                    "problems": [
                        {"column": each.column.value, "sentence": each.problem.sentence, "data": _data(each.problem)}
                        for each in bad.problems
                    ],
                }
                for bad in bad_rows
            ]
        }
    )


def from_json(written: Mapping[str, Any]) -> tuple[BadRow, ...]:
    """What `as_json` wrote down; the problems come back as RecalledProblem, reading the same. Raises FormatUnknown."""
    return tuple(_row_from_json(each) for each in REPORT.read(written)["rows"])


def _row_from_json(written: Mapping[str, Any]) -> BadRow:
    typed = {Column(column): text for column, text in written["typed"].items()}
    problems = tuple(
        CellProblem(
            Column(each["column"]),
            typed.get(Column(each["column"]), ""),
            RecalledProblem(each["sentence"], each["data"]),
        )
        for each in written["problems"]
    )
    return BadRow(written["row"], typed, problems)


def _data(problem: Problem) -> dict[str, object]:
    return {name: value if isinstance(value, int) else _plain(str(value)) for name, value in problem.data.items()}


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL character."""
    return text.replace("\0", "")


def line_as_json(line: OrganisationLine) -> dict[str, Any]:
    """A line that waits for its step."""
    return {
        "row": line.row,
        "name": line.name,
        "credit_code": line.credit_code,
        "kind": line.kind.value,
        "region": line.region,
        "trade": line.trade,
        "phone": line.phone,
    }


def line_from_json(written: Mapping[str, Any]) -> OrganisationLine:
    """What `line_as_json` wrote."""
    return OrganisationLine(**dict(written) | {"kind": OrganisationKind(written["kind"])})
