"""Staff lists from Excel: what is understood, what is refused and with which row number, and what hostile files get."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.organisations import errors
from people.organisations.formats import workbooks
from people.organisations.formats.staff_sheets import rows_to_mend, template
from people.organisations.rules.cells import parse_answer, parse_hire_date, parse_name, parse_phone, parse_post
from people.organisations.rules.reconciliation import Known, Recorded, Verdict, judge
from people.organisations.rules.sheets import Cell, SheetRow
from people.organisations.rules.staff_lists import BadRow, Column, read_staff_list
from tests.cast.staff_list_files import EXPECTED, HEADINGS, POSTS, TODAY, a_file, a_row, an_id, read, saved


def test_a_good_row_is_understood_cell_by_cell():
    (line,) = read(a_file(a_row())).lines
    assert (line.row, line.name, line.post, line.phone) == (2, "张伟强", "维修电工", "10000000001")
    assert (line.id_number.text, line.hired_on) == (an_id(), date(2026, 5, 6))
    assert (line.migrant_worker, line.injury_insurance) == (True, False)


def test_columns_may_stand_in_any_order_with_titles_above_and_other_columns_between():
    row = a_row()
    shuffled = [row[6], "备注", *row[:6]]
    headings = (HEADINGS[6], "备注", "姓名*", " 公民身份号码：", "工种", "联系电话（11位）", "入职时间", "是否农民工")
    content = a_file(shuffled, headings=headings, above=(["江城安和员工花名册"], [], ["2026年11月"]))
    (line,) = read(content).lines
    assert (line.row, line.injury_insurance, line.phone) == (5, False, "10000000001")


def test_english_headings_are_understood():
    headings = ("Name", "ID number", "Post", "Mobile number", "Hire date", "Migrant worker", "Work-injury insurance")
    assert read(a_file(a_row(migrant="yes", insured="No"), headings=headings)).lines[0].migrant_worker is True


def test_a_bad_row_is_reported_with_the_number_excel_shows_and_the_others_are_kept():
    content = a_file(a_row(id=an_id(1)), [], a_row(id="123", phone="12345", post="电工"), a_row(id=an_id(2)))
    found = read(content)
    assert [line.row for line in found.lines] == [2, 5]
    (bad,) = found.bad_rows
    assert bad.row == 4
    assert [(each.column, each.typed) for each in bad.problems] == [
        (Column.ID_NUMBER, "123"),
        (Column.POST, "电工"),
        (Column.PHONE, "12345"),
    ]
    assert "维修电工" in str(bad.problems[1].problem)


def test_the_same_person_twice_keeps_the_first_and_names_its_row():
    found = read(a_file(a_row(), a_row(id=f" {an_id().lower()} ")))
    assert [line.row for line in found.lines] == [2]
    assert isinstance(found.bad_rows[0].problems[0].problem, errors.PersonTwiceInList)
    assert found.bad_rows[0].problems[0].problem.data == {"row": 2}


def test_an_id_number_that_excel_kept_as_a_number_is_told_apart_from_a_mistyped_one():
    bad = read(a_file(a_row(id=990101198804120010))).bad_rows[0]
    assert isinstance(bad.problems[0].problem, errors.IdNumberStoredAsNumber)


def test_a_hire_date_before_the_sixteenth_birthday_is_refused():
    assert read(a_file(a_row(id=an_id(born="20100507"), hired=date(2026, 5, 7)))).lines
    bad = read(a_file(a_row(id=an_id(born="20100508"), hired=date(2026, 5, 7)))).bad_rows[0]
    assert isinstance(bad.problems[0].problem, errors.HireDateBeforeWorkingAge)


def test_formulas_and_excel_errors_cost_their_row_only():
    found = read(a_file(a_row(), a_row(id=an_id(2), name='=HYPERLINK("http://example.org","x")'), a_row(phone="#REF!")))
    kinds = [type(each.problem) for bad in found.bad_rows for each in bad.problems]
    assert errors.CellIsFormula in kinds
    assert errors.CellIsError in kinds
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (a_file(a_row(), headings=("甲", "乙", "丙", "丁", "戊", "己", "庚")), errors.HeaderMissing),
        (a_file(a_row(), headings=("姓名", "身份证号", "", "", "", "", "")), errors.ColumnsMissing),
        (a_file(a_row(), headings=(*HEADINGS[:6], "姓名")), errors.ColumnTwice),
        (a_file(), errors.ListEmpty),
    ],
)
def test_a_list_that_cannot_be_read_as_a_whole_says_why(content, refusal):
    with pytest.raises(refusal):
        read(content)


def test_a_list_with_a_row_too_many_says_so(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 20)
    assert len(read(a_file(*[a_row(id=an_id(serial)) for serial in range(1, 21)])).lines) == 20
    with pytest.raises(errors.ListTooLong, match="20"):
        read(a_file(*([["甲"] + [None] * 5 + ["乙"]] * 21)))


def test_a_row_far_below_is_not_lost():
    book = openpyxl.load_workbook(io.BytesIO(a_file(a_row())))
    for place, value in enumerate(a_row(id=an_id(7)), start=1):
        book.worksheets[0].cell(20_000, place, value)
    assert [line.row for line in read(saved(book)).lines] == [2, 20_000]


def test_a_cell_at_the_bottom_of_the_sheet_is_refused_in_good_time():
    book = openpyxl.load_workbook(io.BytesIO(a_file(a_row())))
    book.worksheets[0].cell(1_048_576, 1, "x")
    with pytest.raises(errors.ListTooLong):
        read(saved(book))


def test_a_hidden_first_sheet_is_passed_over():
    book = openpyxl.load_workbook(io.BytesIO(a_file(a_row())))
    hidden = book.create_sheet("lists", 0)
    hidden.sheet_state = "hidden"
    book.active = 1
    assert len(read(saved(book)).lines) == 1


CELLS = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes())


@given(st.lists(CELLS, min_size=7, max_size=7))
def test_whatever_stands_in_the_cells_a_row_is_taken_or_reported(values):
    heading = SheetRow(1, tuple(Cell(each) for each in HEADINGS))
    row = SheetRow(2, tuple(Cell(each) for each in values))
    good = SheetRow(3, tuple(Cell(each) for each in a_row()))
    found = read_staff_list((heading, row, good), EXPECTED)
    taken = {line.row for line in found.lines} | {bad.row for bad in found.bad_rows}
    assert taken == ({3} if row.is_blank else {2, 3})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张 伟", "张伟"),
        ("　王　芳　", "王芳"),
        ("买买提•艾力", "买买提·艾力"),
        ("迪丽热巴.迪力木拉提", "迪丽热巴·迪力木拉提"),
        ("㼆𬱖", "㼆𬱖"),
        ("隆\uf9dc", "隆\uf9dc"),  # a compatibility character stays the one on the card
        ("Anna-Maria O'Neil", "Anna-Maria O'Neil"),
    ],
)
def test_names_are_kept_as_on_the_card(typed, name):
    assert parse_name(Cell(typed)) == name


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", errors.NameMissing),
        ("张", errors.NameLength),
        ("张伟2", errors.NameCharacter),
        ("<b>张伟</b>", errors.NameCharacter),
        ("张\u200b伟", errors.NameInvisibleCharacter),
        ("张\x07伟", errors.NameInvisibleCharacter),
        ("张\ue863", errors.NamePrivateCharacter),
        ("张" * 51, errors.NameLength),
    ],
)
def test_names_that_no_card_carries_are_refused(typed, refusal):
    with pytest.raises(refusal):
        parse_name(Cell(typed))


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 5, 31),  # noqa: DTZ001 - Excel's dates know no zone
        date(2026, 5, 31),
        "2026-05-31",
        "2026/5/31",
        "2026.5.31",
        "2026年5月31日",
        "20260531",
        20260531,
        46173,
        "２０２６－０５－３１",
    ],
)
def test_dates_are_understood_as_people_write_them(value):
    assert parse_hire_date(Cell(value), today=TODAY) == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        (None, errors.DateMissing),
        ("2026-02-30", errors.DateUnreadable),
        ("去年五月", errors.DateUnreadable),
        (12, errors.DateUnreadable),
        (True, errors.DateUnreadable),
        ("2027-06-01", errors.HireDateTooFarAhead),
    ],
)
def test_what_is_no_hire_date_is_refused(value, refusal):
    with pytest.raises(refusal):
        parse_hire_date(Cell(value), today=TODAY)


def test_phones_answers_and_posts():
    assert parse_phone(Cell("+86 138-0000-1111"), demonstration=False) == "13800001111"
    assert parse_phone(Cell(13800001111.0), demonstration=False) == "13800001111"
    assert parse_phone(Cell(None), demonstration=False) is None
    with pytest.raises(errors.PhoneWrong):
        parse_phone(Cell("10000000001"), demonstration=False)
    assert [parse_answer(Cell(each)) for each in ("是", "Y", True, 1, "否", "no", False, 0)] == [True] * 4 + [False] * 4
    with pytest.raises(errors.AnswerMissing):
        parse_answer(Cell(" "))
    with pytest.raises(errors.AnswerUnclear):
        parse_answer(Cell("也许"))
    assert parse_post(Cell(" 维修 电工"), POSTS, {}) == "维修电工"
    with pytest.raises(errors.PostMisspelt, match="维修电工"):
        parse_post(Cell("维修电土"), POSTS, {})
    with pytest.raises(errors.PostUnknown):
        parse_post(Cell("飞行员"), POSTS, {})


def recorded(post="维修电工", hired_on=date(2026, 5, 6), left_on=None, *, insured=False):
    return Recorded(post, hired_on, migrant_worker=True, injury_insurance=insured, left_on=left_on)


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (None, Verdict.NEW),
        (Known("张伟强"), Verdict.NEW),
        (Known("张伟强", (recorded(),)), Verdict.UNCHANGED),
        (Known("张伟强", (recorded(left_on=date(2026, 8, 1)),)), Verdict.UNCHANGED),
        (Known("张伟强", (recorded(hired_on=date(2020, 1, 1), left_on=date(2021, 1, 1)),)), Verdict.NEW),
    ],
)
def test_importing_again_changes_nothing_and_rehires_are_new(known, verdict):
    (line,) = read(a_file(a_row())).lines
    assert judge(line, known) is verdict


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        (Known("李卫国"), errors.NameDiffersFromRecord),
        (Known("张伟强", (recorded(post="焊工"),)), errors.AlreadyEmployedOtherwise),
        (Known("张伟强", (recorded(insured=True),)), errors.AlreadyEmployedOtherwise),
    ],
)
def test_a_contradiction_is_shown_and_nothing_is_overwritten(known, refusal):
    (line,) = read(a_file(a_row())).lines
    bad = judge(line, known)
    assert isinstance(bad, BadRow)
    assert isinstance(bad.problems[0].problem, refusal)


def test_the_mended_rows_can_be_imported_as_they_are():
    found = read(a_file(a_row(insured="也许"), a_row(id=an_id(2), name="=1+1")))
    assert [bad.row for bad in found.bad_rows] == [2, 3]
    mend = openpyxl.load_workbook(io.BytesIO(rows_to_mend(lambda text: text, str, found.bad_rows)))
    sheet = mend.worksheets[0]
    assert sheet["A3"].data_type == "s", "typed text must never become a formula"
    assert "Work-injury insurance: Write yes or no here." in sheet["I2"].value
    sheet["G2"], sheet["A3"] = "是", "王芳"
    assert [line.name for line in read(saved(mend)).lines] == ["张伟强", "王芳"]


def test_the_template_is_understood_by_the_import():
    content = template(lambda text: text, POSTS, answers=("yes", "no"))
    with pytest.raises(errors.ListEmpty):
        read(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in enumerate(a_row(), start=1):
        book.worksheets[0].cell(2, place, value)
    assert len(read(saved(book)).lines) == 1
