"""The value of a question, its kinds, and what a candidate may see of it. Pure."""

from question_bank.questions.rules.content import (
    FALSE,
    LETTERS,
    TRUE,
    Depth,
    Kind,
    Question,
    QuestionId,
    QuestionVersion,
    VersionId,
    canonical_json,
)
from question_bank.questions.rules.kinds import KINDS, check
from question_bank.questions.rules.presented import PresentedOption, PresentedQuestion, present
from question_bank.questions.rules.reading import read_question

__all__ = [
    "FALSE",
    "KINDS",
    "LETTERS",
    "TRUE",
    "Depth",
    "Kind",
    "PresentedOption",
    "PresentedQuestion",
    "Question",
    "QuestionId",
    "QuestionVersion",
    "VersionId",
    "canonical_json",
    "check",
    "present",
    "read_question",
]
