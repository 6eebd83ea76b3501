"""A list of regions as it is published: one place a row, under a heading row."""

from collections.abc import Sequence

from kernel.errors import Problem
from people.regions.errors import (
    RegionListColumns,
    RegionListName,
    RegionListRow,
    RegionTwice,
    RegionWithoutProvince,
)
from people.regions.rules import Region, RegionCode, nearest, region_code

CODE, NAME, ENGLISH = "代码", "名称", "英文名称"

Row = Sequence[str]


def regions_in(sheet: Sequence[Row]) -> tuple[Region, ...]:
    """The places of a list.

    Raises:
        RegionListUnusable: what is wrong with it, with the row. A list is taken whole or not at all: one with a hole
            would take from somebody the place in which they stand.
    """
    rows = [[cell.strip() for cell in row] for row in sheet]
    if not rows or not {CODE, NAME} <= set(rows[0]):
        raise RegionListColumns(code=CODE, name=NAME, english=ENGLISH)
    heading = rows[0]
    found: dict[RegionCode, tuple[int, Region]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            region = _region(number, dict(zip(heading, row, strict=False)))
            if region.code in found:
                raise RegionTwice(code=region.code, first=found[region.code][0], second=number)
            found[region.code] = (number, region)
    for _, region in found.values():
        if nearest(region.code[:2] + "0000", found) is None:
            raise RegionWithoutProvince(name=region.names["zh"], code=region.code)
    return tuple(region for _, region in found.values())


def _region(number: int, row: dict[str, str]) -> Region:
    try:
        code = region_code(row.get(CODE, ""))
    except Problem as problem:
        raise RegionListRow(row=number, why=str(problem)) from problem
    name = " ".join(row.get(NAME, "").split())
    if not name:
        raise RegionListName(row=number)
    return Region(code, {"zh": name, "en": " ".join(row.get(ENGLISH, "").split()) or name})
