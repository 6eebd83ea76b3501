"""What is wrong with a question: what all kinds share, and what its kind adds."""

from collections.abc import Iterator
from decimal import Decimal

from question_bank.kinds.protocol import Fault
from question_bank.kinds.texts import text_faults
from question_bank.questions.errors import DifficultyOutOfRange, QuestionNotUsable, TranslationUneven
from question_bank.questions.rules.content import Question
from question_bank.questions.rules.translations import Translation

EASIEST, HARDEST = Decimal("0.95"), Decimal("0.30")
MOST_CHARACTERS = {"stem": 600, "reason": 600, "source": 200, "point": 20}


def check(question: Question) -> None:
    """Raise `QuestionNotUsable`, naming every field at fault, or return."""
    found = dict(reversed([*_frame_faults(question), *question.rules.faults(question.content)]))
    for tag, translation in question.translations.items():
        found |= dict(_translation_faults(question, tag, translation))
    if found:
        raise QuestionNotUsable(dict(reversed(found.items())))


def _frame_faults(question: Question) -> Iterator[Fault]:
    for name, most in MOST_CHARACTERS.items():
        yield from text_faults(name, getattr(question, name), most)
    if not HARDEST <= question.difficulty <= EASIEST:
        yield "difficulty", DifficultyOutOfRange(least=HARDEST, most=EASIEST)


def _translation_faults(question: Question, tag: str, translation: Translation) -> Iterator[Fault]:
    """A translation says all that the original says and no more, and its texts are good ones of the kind."""
    yield from text_faults(f"{tag}.stem", translation.stem, MOST_CHARACTERS["stem"])
    if translation.texts.keys() != question.rules.texts(question.content).keys():
        yield f"{tag}.stem", TranslationUneven()
        return
    content = question.rules.say(question.content, translation.texts)
    for name, fault in question.rules.faults(content):
        if name in translation.texts:  # what is no text of its own was said of the original already
            yield f"{tag}.{name}", fault
