"""Steps, which are only added, and what they add up to.

A step says: question 12 is now answered "B", or flagged. The answers are what the last step of each question says, in
the order of the client's sequence. Marking replays the steps, so the result can be had again from them at any time.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from exams.attempts.errors import AnswerDoesNotFit, TooManySteps

SEVERAL = "+"
MOST_STEPS = 100_000  # nine changes in every second of three hours: no candidate, but a program


@dataclass(frozen=True, slots=True)
class Step:
    """One saved act of the candidate. `sequence` counts the candidate's acts from 1, across tabs and seats."""

    sequence: int
    question: int
    answer: str
    flagged: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question stands at after all steps."""

    answer: str
    flagged: bool


def check_answer(shape: Sequence[str], question: int, answer: str) -> None:
    """Whether `answer` fits question `question` of a paper of this shape (see exams.papers.rules.shape).

    It is empty, or letters of the question in order, each once; more than one only where several may be chosen.

    Raises:
        AnswerDoesNotFit: also when there is no such question on the paper.
    """
    if not 1 <= question <= len(shape) or not _fits(shape[question - 1], answer):
        raise AnswerDoesNotFit(question=question)


def check_sequence(sequence: int) -> None:
    """Raises TooManySteps for a number that no person's hands reach."""
    if sequence > MOST_STEPS:
        raise TooManySteps


def _fits(place: str, answer: str) -> bool:
    letters = place.removesuffix(SEVERAL)
    in_order = answer == "".join(letter for letter in letters if letter in answer)
    return in_order and (len(answer) <= 1 or place.endswith(SEVERAL))


def standing(steps: Iterable[Step]) -> dict[int, Standing]:
    """Question number -> what the last step about it says."""
    return {
        step.question: Standing(step.answer, step.flagged) for step in sorted(steps, key=lambda step: step.sequence)
    }


def answers(steps: Iterable[Step]) -> dict[int, frozenset[str]]:
    """Question number -> letters, for marking; questions left empty are not in it."""
    return {number: frozenset(at.answer) for number, at in standing(steps).items() if at.answer}


def receipt(steps: Iterable[Step]) -> str:
    """SHA-256 over all steps in order, in hexadecimal: what the candidate takes home as proof of what was handed in."""
    digest = hashlib.sha256()
    for step in sorted(steps, key=lambda step: step.sequence):
        digest.update(
            f"{step.sequence}|{step.question}|{step.answer}|{int(step.flagged)}|{step.at.isoformat()}\n".encode()
        )
    return digest.hexdigest()
