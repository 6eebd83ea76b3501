"""Both languages of the screens: the catalogues, and how a value reads in them.

Message ids are English sentences, so English needs no catalogue. Chinese is read from web/locale/zh_CN/*.po as they are
written; nothing is compiled, and a translator's change shows at the next start.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kernel.clock import SHANGHAI, shanghai_date
from kernel.errors import Invalid, Problem
from kernel.names import Names

LOCALES = Path(__file__).resolve().parent / "locale"
KINDS = Path(__file__).resolve().parent / "components" / "kinds"  # what a kind says stands with it
LANGUAGES = {"zh_CN": "zh-CN", "en": "en"}  # our name -> the name in html lang
DEFAULT_LANGUAGE = "zh_CN"
CONTEXT_MARK = "\x04"  # gettext's own separator between a context and a message


class Catalogue(gettext.NullTranslations):
    """Merged translations of one language. A message that has none is shown as its id."""

    def __init__(self, messages: Mapping[str, tuple[str, ...]], plural: Callable[[int], int]) -> None:
        super().__init__()
        self.messages = messages
        self.plural = plural

    def gettext(self, message: str) -> str:
        found = self.messages.get(message)
        return found[0] if found else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self.messages.get(msgid1)
        if not found:
            return super().ngettext(msgid1, msgid2, n)
        return found[min(self.plural(n), len(found) - 1)]

    def pgettext(self, context: str, message: str) -> str:
        found = self.messages.get(f"{context}{CONTEXT_MARK}{message}")
        return found[0] if found else message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        found = self.messages.get(f"{context}{CONTEXT_MARK}{msgid1}")
        return found[min(self.plural(n), len(found) - 1)] if found else super().npgettext(context, msgid1, msgid2, n)


def read_catalogues(folder: Path) -> dict[str, Catalog]:
    """Every .po of `folder` by its name without the ending, and those that stand with a kind of question.

    Raises babel's PoFileError on a malformed one.
    """
    paths = {path.stem: path for path in folder.glob("*.po")}
    paths |= {f"kinds/{path.parent.name}": path for path in KINDS.glob(f"*/{folder.name}.po")}
    found = {}
    for name, path in sorted(paths.items()):
        with path.open("rb") as file:
            found[name] = read_po(file, locale=folder.name, abort_invalid=True)
    return found


def merged(catalogues: Iterable[Catalog]) -> dict[str, tuple[str, ...]]:
    """All finished translations; fuzzy and empty ones are left out, and the first file to translate a message wins."""
    messages: dict[str, tuple[str, ...]] = {}
    for catalogue in catalogues:
        for message in catalogue:
            if not message.id or message.fuzzy:
                continue
            one = message.id if isinstance(message.id, str) else message.id[0]
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            key = f"{message.context}{CONTEXT_MARK}{one}" if message.context else one
            if all(strings) and strings:
                messages.setdefault(key, strings)
    return messages


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of `language`; English is its own."""
    if language != DEFAULT_LANGUAGE:
        return gettext.NullTranslations()
    catalogues = read_catalogues(LOCALES / language)
    return Catalogue(merged(catalogues.values()), lambda _: 0)  # Chinese has one form for every number


def instant(moment: datetime | None) -> str:
    """An aware moment as Shanghai wall time, ``2026-05-31 14:05``; nothing for None."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else ""


def hour(moment: datetime | None) -> str:
    """An aware moment as Shanghai time of day, ``14:05``; nothing for None."""
    return moment.astimezone(SHANGHAI).strftime("%H:%M") if moment else ""


def day(value: date | datetime | None) -> str:
    """A date as it is typed, ``2026-05-31``; a moment is taken on its Shanghai date."""
    if isinstance(value, datetime):
        value = shanghai_date(value)
    return value.isoformat() if value else ""


def long_day(value: date | None, language: str) -> str:
    """A date for prose: ``2026年5月31日`` or ``31 May 2026``."""
    return format_date(value, "long" if language == DEFAULT_LANGUAGE else "d MMMM y", locale=language) if value else ""


def marks(value: Decimal | int | None) -> str:
    """Marks or hours without trailing zeros: ``80``, ``2.5``. Never in powers of ten."""
    return format(Decimal(value).normalize(), "f") if value is not None else ""


def percent(ratio: Decimal | float | None, places: int = 0) -> str:
    """A ratio between 0 and 1 as ``83%``; `places` after the point."""
    return f"{ratio * 100:.{places}f}%" if ratio is not None else ""


def named(names: Names | Mapping[str, str] | str | None, language: str) -> str:
    """The name of a thing that carries both, ``{"zh": "低压电工作业", "en": "Low-voltage electrical work"}``."""
    if isinstance(names, Names):
        return names.in_language(language)
    if isinstance(names, Mapping):  # as it is kept in the database
        return names.get(language.split("_", maxsplit=1)[0]) or next(iter(names.values()), "")
    return names or ""


def readable(value: object, language: str) -> str | int:
    """Any value that a sentence has a place for; whole numbers stay numbers for places like ``%(length)d``."""
    shown: dict[type, Callable[[Any], str | int]] = {
        int: lambda number: number,
        Problem: lambda problem: sentence(problem, language),
        datetime: instant,  # before date, which it is too
        date: day,
        Decimal: marks,
        Names: lambda names: names.in_language(language),
        Mapping: lambda names: named(names, language),
    }
    show = next((how for kind, how in shown.items() if isinstance(value, kind)), str)
    return show(value)


def sentence(problem: Problem | str, language: str) -> str:
    """What a problem says, in `language`, with its data in its places."""
    if isinstance(problem, str):
        return catalogue(language).gettext(problem)
    text = catalogue(language).gettext(problem.sentence)
    return text % {name: readable(value, language) for name, value in problem.data.items()} if problem.data else text


def field_problem(problem: Problem | None, name: str, language: str) -> str:
    """What is wrong with one field of a form; nothing when it is in order."""
    if isinstance(problem, Invalid) and name in problem.fields:
        return sentence(problem.fields[name], language)
    return ""


def field_problems(problem: Problem | None, language: str) -> dict[str, str]:
    """Every field with its sentence, in the order in which they were found."""
    if not isinstance(problem, Invalid):
        return {}
    return {name: sentence(what, language) for name, what in problem.fields.items()}
