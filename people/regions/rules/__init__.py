"""Codes of regions: GB/T 2260 to the county, and the national three digits after it for a town. Pure.

Two digits for the province, two for the city, two for the county, zeros for what is not said: 990000, 990100, 990101,
990101001. Some counties lie in no city of the list (a municipality's, or those that a province governs itself); their
whole is then the province.

Source: GB/T 2260-2007 and its yearly lists; the towns follow the national statistical office's codes of 9 digits.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NewType

from kernel.actor import EVERYWHERE
from people.regions.errors import RegionCodeShape

RegionCode = NewType("RegionCode", str)

_CODE: Final = re.compile(r"[1-9]\d{5}(?:\d{3})?")


class Level(IntEnum):
    """How large a place is; the value is how many digits say where it lies."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWN = 9


@dataclass(frozen=True, slots=True)
class Region:
    """One place; `is_current`: it stands in the newest list, so that something new may stand there."""

    code: RegionCode
    names: Mapping[str, str]
    is_current: bool = True

    @property
    def level(self) -> Level:
        return level_of(self.code)


def region_code(typed: str) -> RegionCode:
    """A code as it is kept. Raises RegionCodeShape."""
    code = typed.strip()
    if not _CODE.fullmatch(code):
        raise RegionCodeShape(code=code[:20])
    return RegionCode(code)


def level_of(code: str) -> Level:
    """How large the place with this code is."""
    if len(code) == Level.TOWN:
        return Level.TOWN
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def beginning_of(code: str | None) -> str:
    """How the codes of all that lies in a place begin; of no place in particular: everywhere."""
    return EVERYWHERE if code is None else code[: level_of(code)]


def place_beginning(beginning: str) -> str | None:
    """The code of the place whose codes begin so; None for everywhere."""
    return beginning.ljust(Level.COUNTY, "0") if beginning else None


def wholes_of(code: str) -> tuple[str, ...]:
    """The codes of the places in which one may lie, the smallest first, itself at the head."""
    digits = (size for size in reversed(Level) if size <= level_of(code))
    return tuple(code[:size].ljust(Level.COUNTY, "0") for size in digits)


def nearest(code: str, known: Collection[str]) -> str | None:
    """The smallest known place in which `code` lies; None where the list knows not even the province."""
    return next((whole for whole in wholes_of(code) if whole in known), None)
