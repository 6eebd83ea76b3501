"""Texts of a question: how they are read, and what is wrong with one."""

import unicodedata
from collections.abc import Iterator

from question_bank.kinds.errors import NotText, TextMissing, TextTooLong, TextUnprintable
from question_bank.kinds.protocol import Fault, Faults

# Joiners that Uyghur, Kazakh, Mongolian and Tibetan are written with: formatting characters, and part of the word.
JOINERS = frozenset("\u200c\u200d\u180e\u180b\u180c\u180d")


def text_of(name: str, value: object, faults: Faults) -> str:
    """Only text is taken as text: a file's bare `no`, `1.10` or `010` is not what its author sees there any more."""
    if value is None:
        return ""
    if not isinstance(value, str):
        faults[name] = NotText()
        return ""
    return value.replace("\r\n", "\n").strip()


def text_faults(name: str, text: str, most: int) -> Iterator[Fault]:
    """What is wrong with a text of at most so many characters."""
    if not text.strip():
        yield name, TextMissing()
    elif len(text) > most:
        yield name, TextTooLong(most=most, length=len(text))
    elif any(is_unprintable(sign) for sign in text):
        yield name, TextUnprintable()


def is_unprintable(sign: str) -> bool:
    """Whether a character is a control, a hidden direction mark, or unknown."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"} and sign != "\n" and sign not in JOINERS
