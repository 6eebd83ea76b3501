"""The workbooks of a list of organisations: its template, and the rows to mend with their reasons."""

from collections.abc import Callable, Iterable
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kernel import sheets
from kernel.errors import N_, Problem
from people.admissions.rules.lists import BadRow, Column

_WIDTHS: Final = {Column.NAME: 40, Column.CREDIT_CODE: 24, Column.REGION: 24, Column.TRADE: 24, Column.PHONE: 16}
_REASON_WIDTH: Final = 70
_TEMPLATE_ROWS: Final = 500

Translate = Callable[[str], str]
Say = Callable[[Problem], str]


def template(translate: Translate, kinds: tuple[str, ...]) -> bytes:
    """An empty list: the columns that an import understands, as text, with the kinds to choose from."""
    headings = [translate(each.label) for each in Column]
    sheet = sheets.begun(translate(N_("List of organisations")), headings, _column_widths())
    for place, column in enumerate(Column, start=1):
        letter = get_column_letter(place)
        for number in range(2, _TEMPLATE_ROWS + 2):
            sheet.cell(number, place).number_format = "@"
        if column is Column.KIND:
            rule = DataValidation(type="list", formula1=f'"{",".join(kinds)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{_TEMPLATE_ROWS + 1}")
            sheet.add_data_validation(rule)
    return sheets.as_bytes(sheet)


def rows_to_mend(translate: Translate, say: Say, bad_rows: Iterable[BadRow]) -> bytes:
    """The rows that were not taken, as typed, with the original row number and the reasons in two extra columns.

    Mended, the file can be imported as it is: the extra columns are not read.
    """
    headings = [*(translate(each.label) for each in Column), translate(N_("Row in your file")), translate(N_("Reason"))]
    rows = (
        [*(bad.typed.get(column, "") for column in Column), str(bad.row), _reasons(translate, say, bad)]
        for bad in bad_rows
    )
    return sheets.workbook(translate(N_("Rows to mend")), headings, rows, [*_column_widths(), 12, _REASON_WIDTH])


def _reasons(translate: Translate, say: Say, bad: BadRow) -> str:
    return "\n".join(f"{translate(each.column.label)}: {say(each.problem)}" for each in bad.problems)


def _column_widths() -> list[int]:
    return [_WIDTHS.get(column, 14) for column in Column]
