"""Places, and what of other rows lies within the places for which an actor acts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, select, true

from kernel.db import among
from kernel.work import Reading
from people.regions.errors import NoSuchRegion, RegionGone, RegionMissing, RegionNotKnown
from people.regions.rules import Level, Region, RegionCode, nearest, region_code, wholes_of
from people.regions.tables import RegionRecord


def within(reading: Reading, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row, whose place stands in `column`, lies within what the actor acts for.

    For somebody who acts everywhere it is no condition at all: nothing is asked of the database that was not before.
    """
    scope = reading.actor.scope
    return true() if scope.is_everywhere else column.startswith(scope.region, autoescape=True)


def regions(reading: Reading, *, smallest: Level = Level.TOWN) -> tuple[Region, ...]:
    """The current places in which the actor acts, down to `smallest`, each behind the place in which it lies."""
    wanted = select(RegionRecord).where(RegionRecord.is_current, within(reading, RegionRecord.code))
    found = (_region(row) for row in reading.session.scalars(wanted.order_by(RegionRecord.code)))
    return tuple(region for region in found if region.level <= smallest)


def regions_of(reading: Reading, codes: Collection[str | None]) -> dict[str, Region]:
    """Places by code, those that are gone among them; codes that never were are missing."""
    wanted = select(RegionRecord).where(among(RegionRecord.code, {code for code in codes if code}))
    return {row.code: _region(row) for row in reading.session.scalars(wanted)}


def path_to(reading: Reading, code: str) -> tuple[Region, ...]:
    """A place and all in which it lies, the largest first; empty for a code that never was."""
    found = regions_of(reading, wholes_of(code))
    return tuple(found[each] for each in reversed(wholes_of(code)) if each in found)


def knows_regions(reading: Reading) -> bool:
    """Whether this installation has a list of regions at all."""
    return reading.session.scalar(select(RegionRecord.code).limit(1)) is not None


def place_for(reading: Reading, typed: str | None, *, otherwise: str | None = None) -> RegionCode | None:
    """The place in which something new shall stand.

    Args:
        reading: of whoever sets it up there.
        typed: the code that was chosen; None or empty: none was.
        otherwise: a code as written elsewhere, in a credit code say; the smallest known place around it is meant.

    Returns:
        Its code; None only on an installation without a list of regions.

    Raises:
        RegionCodeShape, RegionNotKnown, RegionGone, RegionMissing: Invalid at `region`.
        NoSuchRegion: it lies outside of what the actor acts for.
    """
    code = region_code(typed) if typed else _meant(reading, otherwise)
    if code is None:
        if knows_regions(reading):
            raise RegionMissing(fields={"region": RegionMissing()})
        return None
    region = regions_of(reading, [code]).get(code)
    if region is None:
        raise RegionNotKnown(fields={"region": RegionNotKnown(code=code)}, code=code)
    if not reading.actor.scope.covers(code):
        raise NoSuchRegion
    if not region.is_current:
        raise RegionGone(fields={"region": RegionGone(name=region.names["zh"])}, name=region.names["zh"])
    return region.code


def _meant(reading: Reading, written: str | None) -> RegionCode | None:
    if written is None:
        return None
    known = {code for code, region in regions_of(reading, wholes_of(written)).items() if region.is_current}
    found = nearest(written, known)
    return None if found is None else RegionCode(found)


def _region(row: RegionRecord) -> Region:
    return Region(RegionCode(row.code), row.names, row.is_current)
