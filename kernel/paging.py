"""Lists that are shown page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.sql.selectable import GenerativeSelect

PAGE_ROWS = 50

Row = TypeVar("Row")
S = TypeVar("S", bound=GenerativeSelect)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list: `total` is how many there are on all pages, `page` the number of this one, from 1."""

    rows: tuple[Row, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return pages_of(self.total)


def pages_of(total: int) -> int:
    """How many pages `total` rows take; none take one."""
    return max(1, -(-total // PAGE_ROWS))


def nearest(page: int, total: int) -> int:
    """The page asked for, or the nearest one that is there."""
    return min(max(page, 1), pages_of(total))


def cut(statement: S, page: int) -> S:
    """The rows of one page only."""
    return statement.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)


def cut_list(rows: Sequence[Row], page: int) -> Page[Row]:
    """One page of rows that are all there already."""
    page = nearest(page, len(rows))
    return Page(tuple(rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]), len(rows), page)
