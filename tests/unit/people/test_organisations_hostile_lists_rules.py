"""Staff lists that were made to do harm, or by accident look as if they were."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.organisations import errors
from people.organisations.formats import workbooks
from tests.cast.staff_list_files import a_file, a_row, read


def with_part(content, name, data):
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def with_replaced(content, name, change):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return stream.getvalue()


def an_entity_bomb(sheet):
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return bomb + sheet.split(b"?>")[-1].replace(b"<sheetData>", b"<sheetData><row><c><v>&b;</v></c></row>")


GOOD = a_file(a_row())
SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"\0" * (workbooks.MOST_BYTES_UNPACKED + 1)
HOSTILE = {
    "nothing": (b"", errors.FileMissing),
    "a text file": ("姓名,身份证号\n".encode(), errors.FileNotExcel),
    "an old workbook": (workbooks.OLD_EXCEL + b"\0" * 600, errors.FileOldExcel),
    "an archive of something else": (with_part(b"", "readme.txt", "x"), errors.FileNotExcel),
    "half a workbook": (GOOD[:2000], errors.FileNotExcel),
    "too large": (b"PK" + b"\0" * workbooks.MOST_BYTES, errors.FileTooLarge),
    "a zip bomb": (with_part(GOOD, "xl/media/x", BOMB), errors.FileUnpacksTooLarge),
    "macros": (with_part(GOOD, "xl/vbaProject.bin", b"x"), errors.FileWithMacros),
    "an entity bomb": (with_replaced(GOOD, SHEET, an_entity_bomb), errors.FileBroken),
    "no sheet": (with_replaced(GOOD, "xl/workbook.xml", lambda _: b"<workbook/>"), errors.FileBroken),
    "broken XML": (with_replaced(GOOD, SHEET, lambda sheet: sheet[:300]), errors.FileBroken),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(case):
    content, refusal = HOSTILE[case]
    with pytest.raises(refusal):
        read(content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6000), st.integers(0, 255))
def test_a_workbook_with_one_byte_changed_is_read_or_refused(place, byte):
    content = bytearray(GOOD)
    content[place % len(content)] = byte
    with suppress(errors.StaffListUnusable):
        read(bytes(content))
