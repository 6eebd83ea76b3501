"""Single choice (单选题): three or four options, exactly one of them right."""

from collections.abc import Iterator

from question_bank.questions.errors import KeyNotOne
from question_bank.questions.rules.content import Question
from question_bank.questions.rules.options import Fault, key_faults, option_faults

SHUFFLES = True


def faults(question: Question) -> Iterator[Fault]:
    """What is wrong with a question as a single-choice question: (field, problem) pairs."""
    yield from option_faults(question, least=3, most=4)
    if len(question.key) != 1:
        yield "key", KeyNotOne()
    else:
        yield from key_faults(question)
