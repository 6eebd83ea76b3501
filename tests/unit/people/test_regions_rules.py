"""A region's code says where it lies, and a list of them is taken whole or not at all."""

import io

import openpyxl
import pytest

from kernel.actor import Actor, Scope
from people.regions.errors import (
    RegionCodeShape,
    RegionListColumns,
    RegionListName,
    RegionListRow,
    RegionListUnreadable,
    RegionTwice,
    RegionWithoutProvince,
)
from people.regions.formats import read_sheet
from people.regions.rules import Level, beginning_of, level_of, nearest, region_code, wholes_of
from people.regions.rules.lists import regions_in

HEADING = "代码,名称,英文名称\n"


@pytest.mark.parametrize(
    ("code", "level", "beginning"),
    [
        ("990000", Level.PROVINCE, "99"),
        ("990100", Level.CITY, "9901"),
        ("990101", Level.COUNTY, "990101"),
        ("990110", Level.COUNTY, "990110"),
        ("990101001", Level.TOWN, "990101001"),
    ],
)
def test_the_digits_that_count_are_those_with_which_everything_in_it_begins(code, level, beginning):
    assert (level_of(code), beginning_of(code)) == (level, beginning)


def test_no_region_is_everywhere():
    assert beginning_of(None) == ""
    assert Actor(name="x").scope.is_everywhere


@pytest.mark.parametrize("typed", ["", "99", "9901010", "09010x", "010100", "99010100", "９９０１００", "990100\n1"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(RegionCodeShape):
        region_code(typed)


@pytest.mark.parametrize(
    ("scope", "covered", "not_covered"),
    [
        ("990000", ["990000", "990100", "990101001"], ["980100", "110000", None]),
        ("990100", ["990100", "990101", "990199"], ["990000", "990200", None]),
        ("990101", ["990101", "990101001"], ["990100", "990102", "990000", None]),
        ("990101001", ["990101001"], ["990101", "990101002", None]),
        (None, ["990000", "110101", None], []),
    ],
)
def test_a_scope_covers_what_lies_in_it_and_neither_its_neighbours_nor_its_whole(scope, covered, not_covered):
    found = Scope(beginning_of(scope))
    assert all(found.covers(code) for code in covered)
    assert not any(found.covers(code) for code in not_covered)


def test_a_county_lies_in_its_city_or_where_the_list_has_none_in_its_province():
    assert wholes_of("990101001") == ("990101001", "990101", "990100", "990000")
    assert nearest("990101", {"990100", "990000"}) == "990100"
    assert nearest("110101", {"110000", "990000"}) == "110000"
    assert nearest("980101", {"990000"}) is None


def read_regions(content):
    return regions_in(read_sheet(content))


def a_workbook(*rows: list[str | int]):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        (HEADING + "990000,江南省,Jiangnan\n990101,城关区,\n").encode(),
        ("\ufeff" + HEADING + "990000,江南省,Jiangnan\n\n990101, 城关区 ,\n").encode(),
        (HEADING + "990000,江南省,Jiangnan\n990101,城关区,\n").encode("gb18030"),
        a_workbook(["名称", "代码", "英文名称"], ["江南省", 990000, "Jiangnan"], ["城关区", "990101"]),
    ],
    ids=["utf-8", "with a mark and blanks", "gb18030", "workbook"],
)
def test_a_list_is_read_as_it_comes(content):
    province, county = read_regions(content)
    assert (province.code, province.names) == ("990000", {"zh": "江南省", "en": "Jiangnan"})
    assert (county.code, county.names) == ("990101", {"zh": "城关区", "en": "城关区"})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", RegionListColumns),
        ("代码\n990000\n".encode(), RegionListColumns),
        ((HEADING + "99,江南省,\n").encode(), RegionListRow),
        ((HEADING + "990000,,\n").encode(), RegionListName),
        ((HEADING + "990000,江南省,\n990000,江北省,\n").encode(), RegionTwice),
        ((HEADING + "990000,江南省,\n980101,别处县,\n").encode(), RegionWithoutProvince),
        (b"PK\x03\x04 not a workbook", RegionListUnreadable),
        (b"\xff\xff\xff", RegionListUnreadable),
    ],
)
def test_a_list_with_a_fault_is_refused_as_a_whole(content, refusal):
    with pytest.raises(refusal):
        read_regions(content)
