"""Staff lists as Excel files."""

import io
from datetime import date

import openpyxl

from people.accounts.rules.id_numbers import check_digit
from people.organisations.formats.workbooks import read_rows
from people.organisations.rules.staff_lists import Expectations, read_staff_list

TODAY = date(2026, 11, 22)
POSTS = ("维修电工", "焊工", "普工")
EXPECTED = Expectations(today=TODAY, posts=POSTS, aliases={"电工": "维修电工"}, demonstration=True)
HEADINGS = ("姓名", "身份证号", "岗位", "手机号", "入职日期", "农民工", "工伤保险")


def an_id(serial=1, born="19880412"):
    first_17 = f"990101{born}{serial:03d}"
    return first_17 + check_digit(first_17)


def a_row(**changes):
    row = {
        "name": "张伟强",
        "id": an_id(),
        "post": "维修电工",
        "phone": "10000000001",
        "hired": date(2026, 5, 6),
        "migrant": "是",
        "insured": "否",
    }
    return list((row | changes).values())


def a_file(*rows: object, headings=HEADINGS, above=()):
    book = openpyxl.Workbook()
    for row in (*above, headings, *rows):
        book.worksheets[0].append(row)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content):
    return read_staff_list(read_rows(content), EXPECTED)
