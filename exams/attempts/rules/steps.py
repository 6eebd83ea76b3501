"""Steps, which are only added, and what they add up to.

A step says: question 12 is now answered so, or flagged; or only that the candidate looked at it. The answers are what
the last answering step of each question says, in the order of the client's sequence. Marking replays the steps, so the
result can be had again from them at any time.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from exams.attempts.errors import AnswerDoesNotFit, OutOfStep, TooManySteps
from kernel.lasting import canonical_json, lasting
from question_bank.kinds import KINDS
from question_bank.kinds.protocol import MOST_BYTES, Answer

STEPS = lasting("exams.steps")
MOST_STEPS = 100_000  # nine changes in every second of three hours: no candidate, but a program
# Pages count one by one. They may be ahead by what the centre lost, where its database came back from a copy; who is
# further ahead than that is a program, and would use up the numbers of its own paper.
MOST_AHEAD = 1_000
NO_ANSWER = "null"  # as it is kept


class Act(StrEnum):
    """What a step is: the question stands so from now on, or it was looked at and stands as it stood."""

    ANSWER = "answer"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Step:
    """One saved act of the candidate. `sequence` counts the candidate's acts from 1, across tabs and seats.

    `answer` is the JSON value that the question's kind knows, None for none. `page_ms`: milliseconds since the page was
    opened, by its own clock, which nobody sets and which never runs back; a page opened again begins at 0.
    """

    sequence: int
    question: int
    act: Act
    answer: Answer
    flagged: bool
    page_ms: int
    at: datetime

    @property
    def kept_answer(self) -> str:
        """The answer as it is kept: canonical JSON."""
        return canonical_json(self.answer).decode()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question stands at after all steps."""

    answer: Answer
    flagged: bool


def check_steps(shape: Sequence[Mapping[str, Any]], steps: Sequence[Step]) -> list[Step]:
    """The steps of one message, each once. Raises as `check_step` does; OutOfStep where one number says two things."""
    said: dict[int, Step] = {}
    for step in steps:
        check_step(shape, step)
        if said.setdefault(step.sequence, step) != step:
            raise OutOfStep
    return list(said.values())


def check_step(shape: Sequence[Mapping[str, Any]], step: Step) -> None:
    """Whether a step fits a paper of this shape (see exams.papers.rules.shape).

    Raises:
        TooManySteps: a number that no person's hands reach.
        AnswerDoesNotFit: also when there is no such question on the paper, or a look that answers.
    """
    if step.sequence > MOST_STEPS:
        raise TooManySteps
    if not 1 <= step.question <= len(shape) or not _fits(shape[step.question - 1], step):
        raise AnswerDoesNotFit(question=step.question)


def _fits(place: Mapping[str, Any], step: Step) -> bool:
    if step.answer is None:
        return step.act is Act.ANSWER or not step.flagged
    is_one = step.act is Act.ANSWER and KINDS[place["kind"]].fits(dict(place), step.answer)
    return is_one and len(canonical_json(step.answer)) <= MOST_BYTES


def standing(steps: Iterable[Step]) -> dict[int, Standing]:
    """Question number -> what the last step that answers or flags it says."""
    return {
        step.question: Standing(step.answer, step.flagged)
        for step in sorted(steps, key=lambda step: step.sequence)
        if step.act is Act.ANSWER
    }


def answers(steps: Iterable[Step]) -> dict[int, Answer]:
    """Question number -> answer, for marking; questions left empty are not in it."""
    return {number: at.answer for number, at in standing(steps).items() if at.answer is not None}


def receipt(steps: Iterable[Step]) -> str:
    r"""SHA-256 over all steps in order, in hexadecimal: what the candidate takes home as proof of what was handed in.

    A line that names the layout, ``{"format":1}``, then one line a step, canonical JSON and ``\n``: [sequence,
    question, act, answer, flagged, page's ms, instant].
    """
    digest = hashlib.sha256(canonical_json(STEPS.written({})) + b"\n")
    for step in sorted(steps, key=lambda step: step.sequence):
        said = [step.sequence, step.question, step.act.value, step.answer, step.flagged, step.page_ms]
        digest.update(canonical_json([*said, step.at.isoformat()]) + b"\n")
    return digest.hexdigest()
