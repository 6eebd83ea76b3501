"""Workbooks that leave the platform: the template, the rows to mend with their reasons, and the staff list.

Text is always written as text: a name that begins with “=” must not become a formula on somebody else's machine, and an
ID number must not lose its last digits.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kernel.errors import N_, Problem
from people.organisations.rules.staff_lists import BadRow, Column

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADING: Final = PatternFill("solid", fgColor="E6ECF5")
_WIDTHS: Final = {Column.ID_NUMBER: 24, Column.POST: 26, Column.PHONE: 16, Column.HIRED_ON: 14}
_REASON_WIDTH: Final = 70
_TEMPLATE_ROWS: Final = 500
_LONGEST_CHOICE: Final = 250  # Excel cuts the list of a rule at 255 characters

Translate = Callable[[str], str]
Say = Callable[[Problem], str]


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | date]], widths: Sequence[int]) -> bytes:
    """A workbook with one sheet: a heading row that stays in sight, and `rows` as text and dates."""
    sheet = _begin(title, headings, widths)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            _write(sheet, number, place, value)
    return _bytes(sheet)


def template(translate: Translate, posts: Sequence[str], *, answers: tuple[str, str]) -> bytes:
    """An empty staff list: the columns that an import understands, with the enterprise's posts to choose from."""
    sheet = _begin(translate(N_("Staff list")), [translate(each.label) for each in Column], _column_widths())
    choices: dict[Column, Sequence[str]] = {Column.MIGRANT_WORKER: answers, Column.INJURY_INSURANCE: answers}
    if len(",".join(posts)) <= _LONGEST_CHOICE and not any("," in post or '"' in post for post in posts):
        choices[Column.POST] = posts
    for place, column in enumerate(Column, start=1):
        letter = get_column_letter(place)
        for number in range(2, _TEMPLATE_ROWS + 2):
            sheet.cell(number, place).number_format = "@"
        if choices.get(column):
            rule = DataValidation(type="list", formula1=f'"{",".join(choices[column])}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{_TEMPLATE_ROWS + 1}")
            sheet.add_data_validation(rule)
    return _bytes(sheet)


def rows_to_mend(translate: Translate, say: Say, bad_rows: Iterable[BadRow]) -> bytes:
    """The rows that were not taken, as typed, with the original row number and the reasons in two extra columns.

    Mended, the file can be imported as it is: the extra columns are not read.
    """
    headings = [*(translate(each.label) for each in Column), translate(N_("Row in your file")), translate(N_("Reason"))]
    rows = (
        [*(bad.typed.get(column, "") for column in Column), str(bad.row), _reasons(translate, say, bad)]
        for bad in bad_rows
    )
    return workbook(translate(N_("Rows to mend")), headings, rows, [*_column_widths(), 12, _REASON_WIDTH])


def _reasons(translate: Translate, say: Say, bad: BadRow) -> str:
    return "\n".join(f"{translate(each.column.label)}: {say(each.problem)}" for each in bad.problems)


def _begin(title: str, headings: Sequence[str], widths: Sequence[int]) -> Worksheet:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "A2"
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        cell = _write(sheet, 1, place, heading)
        cell.font, cell.fill = Font(bold=True), _HEADING
    return sheet


def _write(sheet: Worksheet, row: int, place: int, value: str | date) -> Cell:
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    if not isinstance(value, str):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
    return cell


def _column_widths() -> list[int]:
    return [_WIDTHS.get(column, 12) for column in Column]


def _bytes(sheet: Worksheet) -> bytes:
    stream = BytesIO()
    assert isinstance(sheet.parent, Workbook)
    sheet.parent.save(stream)
    return stream.getvalue()
