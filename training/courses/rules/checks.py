"""Self-checks of a lesson. They teach; they are no exam questions and share nothing with the question bank."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.courses.errors import CourseBroken, NotAnAnswer

TRUE_FALSE = ("true", "false")


class CheckKind(StrEnum):
    TRUE_FALSE = "true_false"
    SINGLE_CHOICE = "single_choice"


@dataclass(frozen=True, slots=True)
class PresentedCheck:
    """A self-check as the learner sees it: without its key. `options` is empty for true/false."""

    id: str
    kind: CheckKind
    stem: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the learner is told after an answer."""

    answer: str
    is_right: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """A self-check with its key (an option's letter, or "true"/"false") and the reason for it."""

    id: str
    kind: CheckKind
    stem: str
    options: tuple[tuple[str, str], ...]
    key: str
    reason: str

    @property
    def presented(self) -> PresentedCheck:
        return PresentedCheck(self.id, self.kind, self.stem, self.options)

    def answered(self, answer: str) -> Feedback:
        """What is to be said about an answer.

        Raises:
            NotAnAnswer: it is none of the answers on offer.
        """
        if answer not in _answers(self.kind, self.options):
            raise NotAnAnswer
        return Feedback(answer, answer == self.key, self.reason)


def check_from(entry: Mapping[str, Any], where: str) -> Check:
    """A self-check as written in lesson.yaml. Raises CourseBroken."""
    options = tuple((str(letter), str(text)) for letter, text in entry.get("options", {}).items())
    key = str(entry["key"]).lower() if isinstance(entry["key"], bool) else str(entry["key"])
    kind = CheckKind(entry["kind"])
    check = Check(str(entry["id"]), kind, str(entry["stem"]), options, key, str(entry["reason"]))
    if key not in _answers(kind, options):
        raise CourseBroken(where=f"{where} {check.id}", fault=f"{key} is none of the answers")
    return check


def _answers(kind: CheckKind, options: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return TRUE_FALSE if kind is CheckKind.TRUE_FALSE else tuple(letter for letter, _ in options)
