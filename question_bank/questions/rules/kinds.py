"""Which rules belong to which kind, and the checks that all kinds share."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from question_bank.questions.errors import (
    DifficultyOutOfRange,
    QuestionNotUsable,
    TextMissing,
    TextTooLong,
    TextUnprintable,
)
from question_bank.questions.rules import multiple_choice, single_choice, true_false
from question_bank.questions.rules.content import LETTERS, Kind, Question
from question_bank.questions.rules.options import Fault

EASIEST, HARDEST = Decimal("0.95"), Decimal("0.30")
MOST_CHARACTERS = {"stem": 600, "reason": 600, "source": 200, "point": 20}
MOST_OPTION_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class KindRules:
    """`shuffles`: may a paper reorder the options; `faults`: what this kind asks beyond the common checks."""

    shuffles: bool
    faults: Callable[[Question], Iterator[Fault]]


KINDS: dict[Kind, KindRules] = {
    Kind.TRUE_FALSE: KindRules(true_false.SHUFFLES, true_false.faults),
    Kind.SINGLE_CHOICE: KindRules(single_choice.SHUFFLES, single_choice.faults),
    Kind.MULTIPLE_CHOICE: KindRules(multiple_choice.SHUFFLES, multiple_choice.faults),
}


def check(question: Question) -> None:
    """Raise `QuestionNotUsable`, naming every field at fault, or return."""
    found = dict(reversed([*_common_faults(question), *KINDS[question.kind].faults(question)]))
    if found:
        raise QuestionNotUsable(dict(reversed(found.items())))


def _common_faults(question: Question) -> Iterator[Fault]:
    texts = [(name, getattr(question, name), most) for name, most in MOST_CHARACTERS.items()]
    texts += [
        (f"option_{letter}", text, MOST_OPTION_CHARACTERS)
        for letter, text in zip(LETTERS, question.options, strict=False)
    ]
    for name, text, most in texts:
        yield from _text_faults(name, text, most)
    if not HARDEST <= question.difficulty <= EASIEST:
        yield "difficulty", DifficultyOutOfRange(least=HARDEST, most=EASIEST)


def _text_faults(name: str, text: str, most: int) -> Iterator[Fault]:
    if not text.strip():
        yield name, TextMissing()
    elif len(text) > most:
        yield name, TextTooLong(most=most, length=len(text))
    elif any(unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"} for sign in text if sign != "\n"):
        yield name, TextUnprintable()
