"""The value of a question, how it is read and checked. What its kind says of it is in question_bank.kinds. Pure."""

from question_bank.questions.rules.checks import check
from question_bank.questions.rules.content import Depth, Question, VersionId, depth_names
from question_bank.questions.rules.reading import read_question
from question_bank.questions.rules.translations import LANGUAGES, ORIGINAL, Language, Translation

__all__ = [
    "LANGUAGES",
    "ORIGINAL",
    "Depth",
    "Language",
    "Question",
    "Translation",
    "VersionId",
    "check",
    "depth_names",
    "read_question",
]
