"""From one cell of a staff list to one value, or a refusal that says what to type instead."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from people.accounts.rules.id_numbers import IdNumber, IdNumberMissing, parse_id_number
from people.organisations.errors import (
    AnswerMissing,
    AnswerUnclear,
    CellIsError,
    CellIsFormula,
    CellTooLong,
    DateMissing,
    DateUnreadable,
    IdNumberStoredAsNumber,
    NameCharacter,
    NameInvisibleCharacter,
    NameLength,
    NameMissing,
    NamePrivateCharacter,
    PhoneWrong,
    PostMissing,
    PostMisspelt,
    PostUnknown,
)
from people.organisations.rules.employments import MOST_POST_NAME, require_hire_day
from people.organisations.rules.sheets import MOST_CHARACTERS, Cell, day_of

LEAST_NAME: Final = 2
MOST_NAME: Final = 50
MIDDLE_DOT: Final = "·"  # U+00B7, the one that ID cards use
EXCEL_DAYS: Final = range(18_264, 73_051)  # serial numbers of 1950-01-01 to 2099-12-31

_MIDDLE_DOTS: Final = re.compile("[•‧∙⋅・･．●.]")
_NAME_MARKS: Final = frozenset(MIDDLE_DOT + " -'’")
_BLANK_BETWEEN_HAN: Final = re.compile(r"(?<=[^\x00-\u02ff])\s+(?=[^\x00-\u02ff])")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_DEMONSTRATION_MOBILE: Final = re.compile(r"1000000\d{4}")  # no mobile number begins with 10
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)")
_YES: Final = frozenset({"是", "有", "已参保", "参保", "对", "√", "✓", "✔", "yes", "y", "true", "1"})
_NO: Final = frozenset({"否", "无", "不是", "没有", "未参保", "×", "✗", "✘", "no", "n", "false", "0"})


def typed_text(cell: Cell) -> str:
    """The text of a cell that must hold a plain value.

    Raises:
        CellIsFormula, CellIsError: the cell holds neither text nor number of its own.
        CellTooLong: said at once, before anything looks at each of 32,000 characters.
    """
    if cell.is_formula:
        raise CellIsFormula
    if cell.is_error:
        raise CellIsError(shown=cell.shown)
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    if len(text) > MOST_CHARACTERS:
        raise CellTooLong(most=MOST_CHARACTERS)
    return text.strip()


def parse_name(cell: Cell) -> str:
    """A person's name. Rare characters stay exactly as they are: normal forms would replace some of them.

    Blanks between Chinese characters (张 伟) are alignment, not part of the name; every middle dot becomes U+00B7.
    """
    text = _BLANK_BETWEEN_HAN.sub("", re.sub(r"[ \u3000\u00a0]+", " ", typed_text(cell)))
    text = _MIDDLE_DOTS.sub(MIDDLE_DOT, text).strip()
    if not text:
        raise NameMissing
    for character in text:
        _check_name_character(character)
    if not LEAST_NAME <= len(text) <= MOST_NAME:
        raise NameLength(least=LEAST_NAME, most=MOST_NAME)
    return text


def parse_id_cell(cell: Cell, *, today: date, demonstration: bool) -> IdNumber:
    """A resident identity number. Excel keeps 15 digits of a number; more than that has to be text."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and abs(cell.value) >= 10**15:
        raise IdNumberStoredAsNumber
    text = typed_text(cell)
    if not text:
        raise IdNumberMissing
    return parse_id_number(text, today=today, demonstration=demonstration)


def parse_post(cell: Cell, posts: Iterable[str], aliases: Mapping[str, str]) -> str:
    """The enterprise's own name of the post.

    Args:
        cell: what was typed.
        posts: the names of the enterprise's posts.
        aliases: other usual names and the post of this enterprise each may mean; they only suggest.
    """
    typed = typed_text(cell)
    if not typed:
        raise PostMissing
    known = {_key(each): each for each in posts}
    if _key(typed) in known:
        return known[_key(typed)]
    if len(typed) > MOST_POST_NAME:  # longer than any name: comparing it with all of them would only take long
        raise PostUnknown(post=typed)
    others = {_key(alias): post for alias, post in aliases.items()} | known
    near = [_key(typed)] if _key(typed) in others else get_close_matches(_key(typed), others, n=1, cutoff=0.5)
    if near:
        raise PostMisspelt(post=typed, suggestion=others[near[0]])
    raise PostUnknown(post=typed)


def parse_phone(cell: Cell, *, demonstration: bool) -> str | None:
    """A mainland mobile number, or None where the cell is empty."""
    text = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", typed_text(cell)))
    if not text:
        return None
    text = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", text)
    if _MOBILE.fullmatch(text) or (demonstration and _DEMONSTRATION_MOBILE.fullmatch(text)):
        return text
    raise PhoneWrong


def parse_day(cell: Cell) -> date:
    """A day, from a date cell, a date's serial number, or text: 2026-05-31, 2026/5/31, 2026年5月31日, 20260531."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", typed_text(cell))
    if not text:
        raise DateMissing
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_excel_day(value):
        return day_of(int(value))
    found = _DATE.fullmatch(text)
    if not found:
        raise DateUnreadable
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError as no_such_day:
        raise DateUnreadable from no_such_day


def _is_excel_day(value: float) -> bool:
    """A cell may hold any float, infinity and NaN among them."""
    return math.isfinite(value) and int(value) in EXCEL_DAYS


def parse_hire_date(cell: Cell, *, today: date) -> date:
    """The day somebody was hired; it may lie a little ahead."""
    hired_on = parse_day(cell)
    require_hire_day(hired_on, today=today)
    return hired_on


def parse_answer(cell: Cell) -> bool:
    """Yes or no. An empty cell is neither: a guess about insurance would be a claim nobody made."""
    text = unicodedata.normalize("NFKC", typed_text(cell)).casefold()
    if not text:
        raise AnswerMissing
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise AnswerUnclear


def _check_name_character(character: str) -> None:
    category = unicodedata.category(character)
    code = f"U+{ord(character):04X}"
    if category in {"Co", "Cn", "Cs"}:
        raise NamePrivateCharacter(code=code)
    if category in {"Cc", "Cf", "Zl", "Zp"}:
        raise NameInvisibleCharacter(code=code)
    if category[0] not in "LM" and character not in _NAME_MARKS:
        raise NameCharacter(character=character)


def _key(name: str) -> str:
    """What two spellings of a post have in common."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()
