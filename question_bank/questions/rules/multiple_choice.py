"""Multiple choice (多选题): four to six options, two or more of them right."""

from collections.abc import Iterator

from question_bank.questions.errors import KeyTooFew
from question_bank.questions.rules.content import Question
from question_bank.questions.rules.options import Fault, key_faults, option_faults

SHUFFLES = True


def faults(question: Question) -> Iterator[Fault]:
    """What is wrong with a question as a multiple-choice question: (field, problem) pairs."""
    yield from option_faults(question, least=4, most=6)
    if len(question.key) < 2:  # noqa: PLR2004 - "multiple" is two or more
        yield "key", KeyTooFew()
    else:
        yield from key_faults(question)
