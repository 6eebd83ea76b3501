"""The value of a question, its kinds, and what a candidate may see of it. Pure."""

from question_bank.questions.rules.content import (
    DEPTH_NAMES,
    FALSE,
    KIND_NAMES,
    LETTERS,
    TRUE,
    Depth,
    Kind,
    Question,
    VersionId,
)
from question_bank.questions.rules.kinds import KINDS, check
from question_bank.questions.rules.presented import PresentedOption, PresentedQuestion, present
from question_bank.questions.rules.reading import read_question

__all__ = [
    "DEPTH_NAMES",
    "FALSE",
    "KINDS",
    "KIND_NAMES",
    "LETTERS",
    "TRUE",
    "Depth",
    "Kind",
    "PresentedOption",
    "PresentedQuestion",
    "Question",
    "VersionId",
    "check",
    "present",
    "read_question",
]
