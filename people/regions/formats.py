"""The file of a list of regions: a workbook, or CSV in UTF-8 or GB 18030."""

import csv
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile

import openpyxl

from kernel.hands import require_free
from people.regions.errors import RegionListUnreadable

WORKBOOK: Final = b"PK"


def read_sheet(content: bytes) -> list[list[str]]:
    """The text of every cell, row by row. Raises RegionListUnreadable."""
    return _workbook(content) if content.startswith(WORKBOOK) else list(csv.reader(StringIO(_text(content))))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegionListUnreadable


def _workbook(content: bytes) -> list[list[str]]:
    require_free("A workbook was to be read")
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as damage:
        raise RegionListUnreadable from damage
    sheet = book.worksheets[0]
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
