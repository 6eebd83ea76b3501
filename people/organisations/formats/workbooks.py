"""Opening a workbook that somebody uploaded, without trusting any of it.

The name and the declared type of the file are never looked at. What the archive says about itself is checked before
anything is unpacked: `zipfile` never unpacks more than the declared size of a part, so the bounds below hold. Entities
in XML are refused by defusedxml, which openpyxl uses when it is installed. Macros are refused,
formulas come out marked.
"""

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell.cell import TYPE_ERROR, TYPE_FORMULA
from openpyxl.utils.exceptions import InvalidFileException

from kernel.hands import require_free
from people.organisations.errors import (
    FileBroken,
    FileMissing,
    FileNotExcel,
    FileOldExcel,
    FileTooLarge,
    FileUnpacksTooLarge,
    FileWithMacros,
    ListTooLong,
)
from people.organisations.rules.sheets import Cell, SheetRow

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 11 * MEGABYTE
MOST_BYTES_UNPACKED: Final = 120 * MEGABYTE
SHORT_BYTES: Final = 64 * 1024
SHORT_BYTES_UNPACKED: Final = 200 * 1024  # about 400 rows, which take half a second
MOST_PARTS: Final = 300
MOST_ROWS: Final = 100_000
LAST_ROW: Final = 200_000  # people leave gaps, but a sheet with a cell in row 1,048,576 would cost a minute to walk
MOST_COLUMNS: Final = 60
# openpyxl answers a damaged workbook with whatever its parser stumbled over; defusedxml's refusals are ValueErrors.
_DAMAGE: Final = (
    *(InvalidFileException, ParseError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, ArithmeticError),
    *(NotImplementedError, RuntimeError),  # an unknown way of packing; a part that wants a password, endless nesting
)
_ENCRYPTED: Final = 0x1  # bit of a part's flags
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"  # OLE container: .xls, and encrypted .xlsx


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A workbook that somebody sent; `rows` is None where it is too long to be read while a person waits."""

    content: bytes = field(repr=False)
    rows: tuple[SheetRow, ...] | None = field(repr=False)


def uploaded(content: bytes) -> Uploaded:
    """What was sent, read where it is short. For before the deed, which would hold a connection meanwhile.

    Raises:
        StaffListUnusable: the file as a whole cannot be read. Of a long one only its packing is looked at here.
    """
    check_archive(content)
    return Uploaded(content, read_rows(content) if is_short(content) else None)


def read_rows(content: bytes) -> tuple[SheetRow, ...]:
    """The rows of the workbook's first visible sheet that hold anything.

    Raises:
        StaffListUnusable: a subclass that says why the file cannot be read.
    """
    require_free("A workbook was to be read")
    check_archive(content)
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return _rows(book)
        finally:
            book.close()
    except _DAMAGE as damage:
        raise FileBroken from damage


def is_short(content: bytes) -> bool:
    """Whether a list whose packing was checked can be read while a person waits for the page."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    return len(content) <= SHORT_BYTES and unpacked <= SHORT_BYTES_UNPACKED


def check_archive(content: bytes) -> None:
    """Refuse what is no workbook, too large or with macros, before anything is unpacked. Raises StaffListUnusable."""
    if not content:
        raise FileMissing
    if len(content) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // MEGABYTE)
    if content.startswith(OLD_EXCEL):
        raise FileOldExcel
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
                raise FileNotExcel
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
                raise FileUnpacksTooLarge
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise FileOldExcel
            types = archive.read("[Content_Types].xml")
    except _DAMAGE as damage:
        raise FileNotExcel from damage
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileWithMacros


def _rows(book: openpyxl.Workbook) -> tuple[SheetRow, ...]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise FileBroken
    # The sheet's own word on its size is not asked: too small it would cut the list, too large it would only cost time.
    sheets[0].reset_dimensions()
    filled: list[SheetRow] = []
    for number, cells in enumerate(sheets[0].iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > LAST_ROW:
            raise ListTooLong(rows=MOST_ROWS)
        if all(each.value is None for each in cells):
            continue
        last = max(place for place, each in enumerate(cells) if each.value is not None)
        row = SheetRow(number, tuple(_cell(each) for each in cells[: last + 1]))  # openpyxl fills each row up
        if row.is_blank:
            continue
        if len(filled) > MOST_ROWS:  # the headings take one
            raise ListTooLong(rows=MOST_ROWS)
        filled.append(row)
    return tuple(filled)


def _cell(cell: object) -> Cell:
    kind = getattr(cell, "data_type", None)
    return Cell(getattr(cell, "value", None), is_formula=kind == TYPE_FORMULA, is_error=kind == TYPE_ERROR)
