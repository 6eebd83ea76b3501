"""The reviewable text format of a bank: `outline.yaml` and one file of questions for each knowledge point.

`read_bank` takes the parsed YAML, so that everything about the format is decided without a disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.lasting import FormatUnknown, lasting
from question_bank.exchange.errors import BankFileUnusable, BankQuestionUnusable, ReferenceRepeated
from question_bank.outlines.rules import Outline, read_outline
from question_bank.questions.errors import QuestionNotUsable
from question_bank.questions.rules import Question, read_question

LAYOUT = lasting("question_bank.bank_file")
OUTLINE = "outline.yaml"


@dataclass(frozen=True, slots=True)
class BankFiles:
    """A whole bank as its files say it; `questions` maps the permanent reference to the question."""

    outline: Outline
    questions: Mapping[str, Question]


def read_bank(files: Mapping[str, Any]) -> BankFiles:
    """A bank from its parsed files, name -> content.

    Raises:
        OutlineUnusable, BankFileUnusable, BankQuestionUnusable, ReferenceRepeated: naming file and question.
    """
    outline = read_outline(files[OUTLINE], OUTLINE)
    codes = {point.code for point in outline.points}
    questions: dict[str, Question] = {}
    for name in sorted(files.keys() - {OUTLINE}):
        for reference, question in _questions(name, files[name], codes):
            if reference in questions:
                raise ReferenceRepeated(reference=reference, file=name)
            questions[reference] = question
    return BankFiles(outline, questions)


def _questions(file: str, content: Any, codes: set[str]) -> list[tuple[str, Question]]:
    if not isinstance(content, Mapping):
        raise BankFileUnusable(file=file, why="it is not a list of names and what they hold")
    try:
        content = LAYOUT.read(content)
    except FormatUnknown as fault:
        raise BankFileUnusable(file=file, why=str(fault)) from fault
    point, written = content.get("point"), content.get("questions")
    if not isinstance(point, str) or point not in codes:
        raise BankFileUnusable(file=file, why=f"the outline has no point {point}")
    if not isinstance(written, list) or not written:
        raise BankFileUnusable(file=file, why="questions is not a list of questions")
    return [_question(file, point, each) for each in written]


def _question(file: str, point: str, written: Any) -> tuple[str, Question]:
    reference = written.get("id") if isinstance(written, Mapping) else None
    if not isinstance(reference, str) or not reference.strip():
        raise BankFileUnusable(file=file, why="a question has no id, or one that is not text")
    try:
        return reference, read_question({**written, "point": point})
    except QuestionNotUsable as problem:
        why = "; ".join(f"{name}: {fault}" for name, fault in problem.fields.items())
        raise BankQuestionUnusable(reference=reference, file=file, why=why) from problem
