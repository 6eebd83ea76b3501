"""From when until when a rule holds, and where.

A region is a code of GB/T 2260: ``220000`` a province, ``220100`` a city of it, ``220104`` a county of that; a town
has nine or twelve digits, which begin with its county's. No region means the whole country.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from kernel.law.errors import EndsBeforeItBegins, NotADay, NotARegion

Region = str
_REGION = re.compile(r"[1-9]\d{5}(\d{3}|\d{6})?", re.ASCII)
_COUNTY, _TOWN = 6, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A rule that begins and may end. `begins` and `ends` are included; no end is known where it is None."""

    code: str
    begins: date
    ends: date | None
    region: Region | None = None

    def is_in_force(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class DatedFields(TypedDict):
    """What `Dated` is made of."""

    code: str
    begins: date
    ends: date | None
    region: Region | None


def dated(entry: Mapping[str, Any], code: str = "") -> DatedFields:
    """`code`, `from`, `until` and `region` of an entry; the first may be given, the last need not be there.

    Raises:
        KeyError: something is missing; the end must be said, if only as `null`.
        NotADay, EndsBeforeItBegins, NotARegion: by their sentences.
    """
    begins, ends = _day(entry["from"]), None if entry["until"] is None else _day(entry["until"])
    if ends is not None and ends < begins:
        raise EndsBeforeItBegins(begins=begins, ends=ends)
    return {"code": code or str(entry["code"]), "begins": begins, "ends": ends, "region": region(entry.get("region"))}


def region(given: object) -> Region | None:
    """A region's code, or None for the whole country. Raises NotARegion."""
    if given is None:
        return None
    if not isinstance(given, str) or not _REGION.fullmatch(given):
        raise NotARegion(given=given)
    return given


def enclosing(place: Region | None) -> tuple[Region | None, ...]:
    """`place` and all that it lies in, the narrowest first and the whole country (None) last. Raises NotARegion."""
    code = region(place)
    if code is None:
        return (None,)
    county = code[:_COUNTY]
    wider = [code, *([code[:_TOWN]] if len(code) > _TOWN else []), county, f"{county[:4]}00", f"{county[:2]}0000"]
    return (*dict.fromkeys(wider), None)


def _day(given: object) -> date:
    if type(given) is not date:  # a datetime is a date to isinstance
        raise NotADay(given=given)
    return given
