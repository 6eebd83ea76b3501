"""What the options of both choice kinds have in common."""

import re
from collections.abc import Iterator
from itertools import combinations

from kernel.errors import Problem
from question_bank.questions.errors import KeyNotAmongOptions, OptionCount, OptionNamesOthers, OptionRepeated
from question_bank.questions.rules.content import LETTERS, Question

Fault = tuple[str, Problem]

_NAMES_OTHERS = re.compile(
    r"(以上|上述|前述).{0,4}(都|均|皆|全|两|三|各|不)|(all|none|both) of the (above|other)|^[A-F][、,和及与][A-F]",
    re.IGNORECASE,
)


def option_faults(question: Question, least: int, most: int) -> Iterator[Fault]:
    """Faults of number, of repetition and of options that would lose their sense when shuffled."""
    if not least <= len(question.options) <= most:
        yield "options", OptionCount(least=least, most=most, count=len(question.options))
    lettered = list(zip(LETTERS, question.options, strict=False))
    for (first, one), (second, other) in combinations(lettered, 2):
        if _plain(one) == _plain(other):
            yield f"option_{second}", OptionRepeated(first=first, second=second)
    for letter, text in lettered:
        if _NAMES_OTHERS.search(text):
            yield f"option_{letter}", OptionNamesOthers(letter=letter)


def key_faults(question: Question) -> Iterator[Fault]:
    """A key may only name options that are there."""
    strangers = sorted(question.key - set(question.letters))
    if strangers:
        yield "key", KeyNotAmongOptions(key="".join(strangers))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).rstrip("。.；;").casefold()  # a full stop inside may be a decimal point
