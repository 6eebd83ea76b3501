"""Workbooks packed in unusual ways, and cells that are far too long: a sentence each, and in good time."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from people.organisations import errors
from people.organisations.formats.workbooks import read_rows
from people.organisations.rules.cells import parse_post, typed_text
from people.organisations.rules.sheets import MOST_CHARACTERS, Cell
from people.organisations.rules.staff_lists import Column, Expectations, read_staff_list

HEADINGS = ("姓名", "身份证号", "岗位", "手机号", "入职日期", "农民工", "工伤保险")
ROW = ("张伟强", "990101198804120137", "维修电工", "10000000001", "2026-05-06", "是", "否")
SHEET = "xl/worksheets/sheet1.xml"
EXPECTED = Expectations(today=date(2026, 11, 22), posts=("维修电工", "焊工"), aliases={}, demonstration=True)


def a_file(*rows: tuple[str, ...]):
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(content, how):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", how) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    return bytearray(stream.getvalue())


def starts(content, part):
    """Where the header of a part stands before its data, and where in the directory at the end."""
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        here = archive.getinfo(part).header_offset
    return here, content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode()))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_part_under_a_password_is_told_about_the_password(part):
    content = packed(a_file(ROW), zipfile.ZIP_DEFLATED)
    here, listed = starts(content, part)
    content[here + 6] |= 1
    content[listed + 8] |= 1
    with pytest.raises(errors.FileOldExcel, match="password"):
        read_rows(bytes(content))


@pytest.mark.parametrize("how", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("part", [SHEET, "[Content_Types].xml"])
def test_a_workbook_with_a_damaged_part_is_called_so_however_it_is_packed(how, part):
    content = packed(a_file(ROW), how)
    data = starts(content, part)[0] + 30 + len(part)
    for place in range(data + 4, data + 24):
        content[place] = 0xFF
    with pytest.raises((errors.FileBroken, errors.FileNotExcel)):
        read_rows(bytes(content))


def test_a_row_with_cells_far_too_long_is_reported_and_the_others_are_taken():
    long = "维修焊" * 10_000
    read = read_staff_list(read_rows(a_file((long, long, long, long, long, long, long), ROW)), EXPECTED)
    assert [line.name for line in read.lines] == ["张伟强"]
    (bad,) = read.bad_rows
    assert {each.column for each in bad.problems} == set(Column)
    assert {type(each.problem) for each in bad.problems} == {errors.CellTooLong}


def test_a_cell_is_read_up_to_the_length_that_is_said():
    assert len(typed_text(Cell("x" * MOST_CHARACTERS))) == MOST_CHARACTERS
    with pytest.raises(errors.CellTooLong, match="500"):
        typed_text(Cell("x" * (MOST_CHARACTERS + 1)))


def test_what_is_longer_than_any_post_is_no_misspelt_one():
    with pytest.raises(errors.PostMisspelt):
        parse_post(Cell("维修电焊工"), ("维修电工",), {})
    with pytest.raises(errors.PostUnknown):
        parse_post(Cell("维修电工" * 16), ("维修电工" * 15,), {})
