"""The value of a question, how it is read and checked. What its kind says of it is in question_bank.kinds. Pure."""

from question_bank.questions.rules.checks import check
from question_bank.questions.rules.content import DEPTH_NAMES, Depth, Question, VersionId
from question_bank.questions.rules.reading import read_question
from question_bank.questions.rules.translations import LANGUAGES, ORIGINAL, Language, Translation

__all__ = [
    "DEPTH_NAMES",
    "LANGUAGES",
    "ORIGINAL",
    "Depth",
    "Language",
    "Question",
    "Translation",
    "VersionId",
    "check",
    "read_question",
]
