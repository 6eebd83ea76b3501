"""A list of organisations: what is understood, and what is said of the rest."""

import pytest

from people.admissions.errors import (
    CodeMissing,
    CodeTwiceInList,
    KindUnclear,
    NothingListed,
    RegionByCodeUnknown,
    RegionSeveral,
    RegionUnclear,
    TradeTooLong,
)
from people.admissions.rules.cells import Places
from people.admissions.rules.lists import (
    Column,
    as_json,
    bad_line,
    from_json,
    line_as_json,
    line_from_json,
    read_list,
)
from people.demonstration.queries import REGIONS
from people.organisations.errors import ColumnTwice, HeaderMissing, PhoneWrong
from people.organisations.rules.credit_codes import CreditCodeCheckWrong
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.sheets import Cell, SheetRow
from people.regions.formats import read_sheet
from people.regions.rules import Region, RegionCode
from people.regions.rules.lists import regions_in
from tests.integration.people.organisations.conftest import a_code

HEADINGS = ["单位名称", "统一社会信用代码", "单位类型", "所在地区", "所属行业", "联系电话"]
PLACES = Places(regions_in(read_sheet(REGIONS.read_bytes())))
PHONE = "10000000031"


def read(*rows: list[object], headings=HEADINGS, places=PLACES):
    sheet = [
        SheetRow(number, tuple(Cell(value) for value in row)) for number, row in enumerate([headings, *rows], start=1)
    ]
    return read_list(sheet, places, demonstration=True)


def a_row(**changes):
    usual = {
        "name": "江城第一机械厂",
        "code": a_code(1),
        "kind": "企业",
        "region": "城关区",
        "trade": "机械",
        "phone": PHONE,
    }
    return list((usual | changes).values())


def the_problem(**changes):
    read_rows = read(a_row(**changes))
    (problem,) = read_rows.bad_rows[0].problems
    return problem.column, problem.problem


def test_a_row_that_is_right_becomes_a_line():
    (line,) = read(a_row()).lines
    assert (line.name, line.kind, line.region) == ("江城第一机械厂", OrganisationKind.ENTERPRISE, "990101")
    assert (line.row, line.credit_code, line.trade, line.phone) == (2, a_code(1), "机械", PHONE)


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("990101", "990101"),
        (990101, "990101"),
        ("990101001", "990101001"),
        ("城关区", "990101"),
        ("江城市城关区", "990101"),
        ("江城市 / 城关区", "990101"),
        ("江南省（演示）江城市 城关区", "990101"),
        ("东街街道", "990101001"),
        ("jiangcheng, chengguan district", "990101"),
        ("江城市", "990100"),
        ("", "990100"),
        (None, "990100"),
    ],
)
def test_a_region_is_written_in_many_ways_and_empty_is_that_of_the_credit_code(written, region):
    (line,) = read(a_row(region=written)).lines
    assert line.region == region


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, OrganisationKind.ENTERPRISE),
        ("生产经营单位", OrganisationKind.ENTERPRISE),
        ("培训机构", OrganisationKind.TRAINING_PROVIDER),
        ("Exam centre", OrganisationKind.EXAM_CENTRE),
    ],
)
def test_an_organisation_is_an_enterprise_unless_the_list_says_otherwise(written, kind):
    (line,) = read(a_row(kind=written)).lines
    assert line.kind is kind


@pytest.mark.parametrize(
    ("changes", "column", "refusal"),
    [
        ({"code": ""}, Column.CREDIT_CODE, CodeMissing),
        ({"code": a_code(1)[:-1] + "0"}, Column.CREDIT_CODE, CreditCodeCheckWrong),
        ({"kind": "应急管理局"}, Column.KIND, KindUnclear),
        ({"region": "火星区"}, Column.REGION, RegionUnclear),
        ({"region": "110101"}, Column.REGION, RegionUnclear),
        ({"trade": "业" * 101}, Column.TRADE, TradeTooLong),
        ({"phone": "0551-1234567"}, Column.PHONE, PhoneWrong),
    ],
)
def test_a_cell_that_cannot_be_used_costs_its_row_and_is_named(changes, column, refusal):
    found, problem = the_problem(**changes)
    assert found is column
    assert isinstance(problem, refusal)


def test_a_name_that_several_places_have_wants_the_city_before_it():
    names = {"990000": "省", "990100": "甲市", "990101": "新区", "990200": "乙市", "990201": "新区"}
    doubled = [Region(RegionCode(code), {"zh": name, "en": name}) for code, name in names.items()]
    bad = read(a_row(region="新区"), places=Places(doubled)).bad_rows
    assert isinstance(bad[0].problems[0].problem, RegionSeveral)
    (line,) = read(a_row(region="乙市新区"), places=Places(doubled)).lines
    assert line.region == "990201"


def test_an_office_lists_nobody_outside_of_its_regions():
    elsewhere = Places([Region(RegionCode("990200"), {"zh": "云溪市", "en": "Yunxi"})])
    for region, refusal in (("城关区", RegionUnclear), ("", RegionByCodeUnknown)):
        bad = read(a_row(region=region), places=elsewhere).bad_rows
        assert isinstance(bad[0].problems[0].problem, refusal)


def test_the_second_row_of_one_code_is_refused_and_names_the_first():
    found = read(a_row(), a_row(name="另一名称"))
    assert [line.row for line in found.lines] == [2]
    problem = found.bad_rows[0].problems[0].problem
    assert isinstance(problem, CodeTwiceInList)
    assert problem.data["row"] == 2


def test_every_row_is_in_exactly_one_of_the_two_and_blank_ones_in_none():
    rows = [a_row(code=a_code(serial), phone="1" if serial % 3 == 0 else PHONE) for serial in range(1, 31)]
    found = read(*rows, [None] * 6)
    assert len(found.lines) == 20
    assert sorted([line.row for line in found.lines] + [bad.row for bad in found.bad_rows]) == list(range(2, 32))


@pytest.mark.parametrize(
    ("headings", "refusal"),
    [
        (["姓名", "身份证号"], HeaderMissing),
        (["单位名称", "统一社会信用代码", "名称"], ColumnTwice),
    ],
)
def test_a_list_without_its_columns_is_refused_as_a_whole(headings, refusal):
    with pytest.raises(refusal):
        read(a_row(), headings=headings)


def test_a_list_of_headings_alone_is_empty():
    with pytest.raises(NothingListed):
        read()


def test_only_name_and_code_are_needed():
    assert read(["厂名一", a_code(1)], headings=HEADINGS[:2]).lines[0].phone is None


def test_what_is_written_down_reads_the_same():
    (line,) = read(a_row()).lines
    assert line_from_json(line_as_json(line)) == line
    bad = (*read(a_row(phone="1")).bad_rows, bad_line(line, Column.CREDIT_CODE, CodeMissing()))
    again = from_json(as_json(bad))
    assert [(each.row, each.typed) for each in again] == [(each.row, each.typed) for each in bad]
    assert [str(each.problems[0].problem) for each in again] == [str(each.problems[0].problem) for each in bad]
