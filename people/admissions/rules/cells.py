"""From one cell of a list of organisations to one value, or a refusal that says what to type instead."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from people.admissions.errors import (
    CodeMissing,
    KindUnclear,
    RegionByCodeUnknown,
    RegionSeveral,
    RegionUnclear,
    TradeTooLong,
)
from people.organisations.rules.cells import typed_text
from people.organisations.rules.credit_codes import CreditCode, parse_credit_code
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.sheets import Cell
from people.regions.rules import Region, nearest, wholes_of

MOST_TRADE: Final = 100
_KINDS: Final[Mapping[str, OrganisationKind]] = {
    word: kind
    for kind, words in {
        OrganisationKind.ENTERPRISE: ("", "企业", "生产经营单位", "公司", "enterprise"),
        OrganisationKind.TRAINING_PROVIDER: ("培训机构", "安全培训机构", "trainingprovider"),
        OrganisationKind.EXAM_CENTRE: ("考试点", "examcentre"),
    }.items()
    for word in words
}


class Places:
    """The regions of which a list may speak, by whatever somebody writes for one: name, way to it, or code."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._codes = {str(region.code) for region in regions}
        self._named: dict[str, set[str]] = {}
        names = {str(region.code): region.names for region in regions}
        for code in names:
            way = [each for each in reversed(wholes_of(code)) if each in names]
            for begin in range(len(way)):
                for language in ("zh", "en"):
                    written = "".join(names[each][language] for each in way[begin:])
                    self._named.setdefault(_key(written), set()).add(code)

    def read(self, cell: Cell) -> str | None:
        """The code of the place in a cell; None where it is empty. Raises RegionUnclear, RegionSeveral."""
        typed = typed_text(cell)
        if not typed:
            return None
        if typed in self._codes:
            return typed
        found = self._named.get(_key(typed), set())
        if len(found) > 1:
            raise RegionSeveral(typed=typed)
        if not found:
            raise RegionUnclear(typed=typed)
        return next(iter(found))

    def around(self, code: CreditCode) -> str:
        """The smallest place around the district in which a credit code was given. Raises RegionByCodeUnknown."""
        found = nearest(code.district, self._codes)
        if found is None:
            raise RegionByCodeUnknown(district=code.district)
        return found


def read_code(cell: Cell, *, demonstration: bool) -> CreditCode:
    """Raises CodeMissing, CreditCodeUnusable."""
    typed = typed_text(cell)
    if not typed:
        raise CodeMissing
    return parse_credit_code(typed, demonstration=demonstration)


def read_kind(cell: Cell) -> OrganisationKind:
    """Raises KindUnclear."""
    found = _KINDS.get(_key(typed_text(cell)))
    if found is None:
        raise KindUnclear
    return found


def read_trade(cell: Cell) -> str | None:
    """What it does, in the words of the list. Raises TradeTooLong."""
    trade = " ".join(typed_text(cell).split())
    if len(trade) > MOST_TRADE:
        raise TradeTooLong(most=MOST_TRADE)
    return trade or None


def _key(typed: str) -> str:
    """What two spellings of a word have in common."""
    return re.sub(r"[\s/,，、·-]+", "", unicodedata.normalize("NFKC", typed)).casefold()
