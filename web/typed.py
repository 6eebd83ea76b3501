"""What people type, read field by field: everything wrong is said at once, each thing at its own field.

A form is a pydantic model of what was typed, as text; it is never refused as a whole, so that the page can show again
what stood in it. `Fields` turns its texts into what a deed needs:

    with Fields(typed) as read:
        day = read("day", a_day)
        part = read("part", one_of(Part))
    deed(work, day, part)  # not reached where anything was wrong: leaving the `with` raises Invalid
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import TracebackType
from typing import Annotated, Final, Self, TypeVar, cast
from uuid import UUID

from fastapi import Form
from pydantic import BaseModel

from kernel.clock import SHANGHAI
from kernel.errors import N_, Invalid, Problem
from people.organisations.rules.cells import parse_day
from people.organisations.rules.sheets import Cell

MOST_IN_A_LINE: Final = 200  # characters
MOST_IN_A_REMARK: Final = 500
MOST_SOUGHT: Final = 100
MOST_DIGITS: Final = 6

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
Reader = Callable[[str], T]


class Missing(Problem):
    sentence = N_("This is missing.")


class TooLong(Problem):
    sentence = N_("This is too long: at most %(most)d characters.")


class NotATime(Problem):
    sentence = N_("Type the time as 09:00.")


class NotAWholeNumber(Problem):
    sentence = N_("Type a whole number.")


class NotANumber(Problem):
    sentence = N_("Type a number, for example 4 or 1.5.")


class NotInTheList(Problem):
    sentence = N_("Choose one of the list.")


class Fields:
    """Reads the fields of one form; leaving the `with` raises Invalid with all that could not be read."""

    def __init__(self, typed: BaseModel) -> None:
        self._typed = typed
        self.wrong: dict[str, Problem | str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None and self.wrong:
            raise Invalid(self.wrong)

    def __call__(self, field: str, reader: Reader[T]) -> T:
        """What `reader` makes of `field`. Of no use inside the `with`, where it may be missing."""
        try:
            return reader(getattr(self._typed, field))
        except Problem as problem:
            self.wrong[field] = problem
            return cast("T", None)  # leaving raises before anybody can use it

    def each(self, field: str, reader: Reader[T]) -> list[T]:
        """What `reader` makes of each text of a field that may stand several times."""
        return self(field, lambda texts: [reader(text) for text in texts])


class TypedReason(BaseModel):
    """The form of a deed that asks for nothing but why."""

    reason: str = ""

    def said(self) -> str:
        """Why. Raises Invalid at the field; whether there must be one, the deed knows."""
        with Fields(self) as read:
            return read("reason", a_remark)


ReasonForm = Annotated[TypedReason, Form()]


# Readers: a text as typed to a value; raise the Problem to be said at the field.


def a_line(typed: str, most: int = MOST_IN_A_LINE) -> str:
    """A text that may be empty. A new line counts once, as the page counted it, though a browser sends it as two."""
    text = typed.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise TooLong(most=most)
    return text


def a_remark(typed: str) -> str:
    """A longer text that may be empty: reasons and what people say. Whether one is needed, the deed knows."""
    return a_line(typed, MOST_IN_A_REMARK)


def at_most(most: int) -> Reader[str]:
    """Reads a text that may be empty, of so many characters."""
    return lambda typed: a_line(typed, most)


def some_text(typed: str) -> str:
    """A line that must not be empty."""
    if not typed.strip():
        raise Missing
    return a_line(typed)


def a_password(typed: str) -> str:
    """As it was typed: a space is part of it. Longer ones only keep the machine busy."""
    if len(typed) > MOST_IN_A_REMARK:
        raise TooLong(most=MOST_IN_A_REMARK)
    return typed


def a_day(typed: str) -> date:
    """A day as people write it in a staff list, too: 2026-05-31, 2026/5/31, 2026年5月31日, 20260531."""
    return parse_day(Cell(typed))


def a_time(typed: str) -> time:
    """The time of a day: 9:00, 09:00, 9：00, 9."""
    hours, colon, minutes = unicodedata.normalize("NFKC", typed).strip().partition(":")
    if not all(part.isascii() and part.isdigit() for part in (hours, minutes or "0")) or (colon and not minutes):
        raise NotATime
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        raise NotATime from None


def a_whole_number(typed: str) -> int:
    """A number of things, not negative and below a million."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise NotAWholeNumber
    return int(text)


def a_number(typed: str) -> Decimal:
    """A number with or without a fraction, hours for example."""
    text = unicodedata.normalize("NFKC", typed).strip()
    try:
        number = Decimal(text if len(text) <= MOST_IN_A_LINE else "")
    except InvalidOperation:
        raise NotANumber from None
    if not number.is_finite():
        raise NotANumber
    return number


def an_id(typed: str) -> UUID:
    """What was chosen in a list of things that have ids."""
    try:
        return UUID(typed)
    except ValueError:
        raise NotInTheList from None


def one_of(choices: type[Choice]) -> Reader[Choice]:
    """Reads what was chosen among the values of an enumeration."""

    def reader(typed: str) -> Choice:
        try:
            return choices(typed)
        except ValueError:
            raise NotInTheList from None

    return reader


def among(known: Collection[str]) -> Reader[str]:
    """Reads what was chosen among texts."""

    def reader(typed: str) -> str:
        if typed not in known:
            raise NotInTheList
        return typed

    return reader


def if_any(reader: Reader[T]) -> Reader[T | None]:
    """None where nothing was typed."""
    return lambda typed: reader(typed) if typed.strip() else None


def in_shanghai(day: date, at: time) -> datetime:
    """The moment that people mean by a day and a time."""
    return datetime.combine(day, at, SHANGHAI)


# What stands in an address. What cannot be read narrows nothing, so that an old link still shows a list.


def sought(query: Mapping[str, str], name: str = "q") -> str:
    """A text that is looked for."""
    return query.get(name, "").strip()[:MOST_SOUGHT].replace("\0", "")


def chosen(choices: type[Choice], query: Mapping[str, str], name: str) -> Choice | None:
    """The choice in an address, or None."""
    return readable(one_of(choices), query.get(name, ""))


def day_sought(query: Mapping[str, str], name: str = "day") -> date | None:
    """The day in an address, or None."""
    return readable(a_day, query.get(name, ""))


def page_number(query: Mapping[str, str]) -> int:
    """The page in an address; 1 where there is none."""
    return readable(a_whole_number, query.get("page", "")) or 1


def readable(reader: Reader[T], typed: str) -> T | None:
    """What `reader` makes of a text, or None where it makes nothing of it."""
    try:
        return reader(typed)
    except Problem:
        return None


def all_readable(reader: Reader[T], texts: Iterable[str]) -> list[T]:
    """What `reader` makes of each; what it makes nothing of is left out."""
    return [value for value in (readable(reader, text) for text in texts) if value is not None]
