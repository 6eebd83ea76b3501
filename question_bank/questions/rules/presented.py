"""What a candidate's page may get of a question. There is no key, reason or source here, so nothing can leak one."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.questions.rules.content import LETTERS, Kind, Question


@dataclass(frozen=True, slots=True)
class PresentedOption:
    """One option under the letter it has on this paper, not the letter of the bank."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class PresentedQuestion:
    """A question as one candidate sees it. `options` is empty for true/false: the page words the two answers itself."""

    number: int
    kind: Kind
    stem: str
    options: tuple[PresentedOption, ...]


def present(question: Question, number: int, order: Sequence[str]) -> PresentedQuestion:
    """Show `question` as number `number` with its options in `order` (letters of the bank, in the order shown)."""
    texts = dict(zip(LETTERS, question.options, strict=False))
    options = tuple(
        PresentedOption(letter=shown, text=texts[original])
        for shown, original in zip(LETTERS, order if texts else (), strict=False)
    )
    return PresentedQuestion(number=number, kind=question.kind, stem=question.stem, options=options)
