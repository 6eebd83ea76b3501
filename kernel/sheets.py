"""Workbooks that leave the platform (.xlsx).

Text is always written as text: a name that begins with “=” must not become a formula on somebody else's machine, and an
ID number must not lose its last digits.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kernel.hands import require_free

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING: Final = PatternFill("solid", fgColor="E6ECF5")

Value = str | date | int | float


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]) -> bytes:
    """A workbook with one sheet: a heading row that stays in sight, and `rows`; widths in characters."""
    sheet = begun(title, headings, widths)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            write(sheet, number, place, value)
    return as_bytes(sheet)


def begun(title: str, headings: Sequence[str], widths: Sequence[int]) -> Worksheet:
    """A sheet with its heading row and nothing below it yet."""
    require_free("A workbook was to be written")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "A2"
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        cell = write(sheet, 1, place, heading)
        cell.font, cell.fill = Font(bold=True), HEADING
    return sheet


def write(sheet: Worksheet, row: int, place: int, value: Value) -> Cell:
    """One value into one cell: text as text, a date as a date, a number as a number."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
        return cell
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def as_bytes(sheet: Worksheet) -> bytes:
    """The workbook that the sheet is in, as a file."""
    stream = BytesIO()
    assert isinstance(sheet.parent, Workbook)
    sheet.parent.save(stream)
    return stream.getvalue()
