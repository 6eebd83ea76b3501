"""True/false (判断题): one statement, no options; the two answers are never shuffled."""

from collections.abc import Iterator

from question_bank.questions.errors import KeyNotTrueOrFalse, OptionsNotWanted
from question_bank.questions.rules.content import FALSE, TRUE, Question
from question_bank.questions.rules.options import Fault

SHUFFLES = False


def faults(question: Question) -> Iterator[Fault]:
    """What is wrong with a question as a true/false question: (field, problem) pairs."""
    if question.options:
        yield "options", OptionsNotWanted()
    if question.key not in ({TRUE}, {FALSE}):
        yield "key", KeyNotTrueOrFalse()
