"""A sheet as values: rows of cells, as somebody typed them. How a file becomes one is in `formats`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MOST_CHARACTERS: Final = 500  # of one cell; nothing in a staff list is longer
DAY_ZERO: Final = date(1899, 12, 30)  # from where Excel counts days, from 1 March 1900 on


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as the workbook holds it: text, number, bool, date or nothing."""

    value: object
    is_formula: bool = False
    is_error: bool = False

    @property
    def shown(self) -> str:
        """What a person sees in the cell, cut to a sane length."""
        if self.value is None:
            return ""
        text = f"{self.value:%Y-%m-%d}" if hasattr(self.value, "strftime") else str(self.value)
        return text.strip()[:MOST_CHARACTERS]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; `number` is the one that Excel shows at its left."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.shown for cell in self.cells)


def day_of(serial: int) -> date:
    """The day that Excel keeps as this number; at least 61, before which it counts a day that never was."""
    return DAY_ZERO + timedelta(days=serial)


def column_letters(place: int) -> str:
    """What Excel shows above a column: A for place 0, AA for place 26."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters = chr(ord("A") + letter) + letters
        place -= 1
    return letters
