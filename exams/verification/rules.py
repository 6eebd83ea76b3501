"""A difference, and why it is one: the same for papers, practicals and the evidence behind results. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """Why what is kept does not agree with what it should be. Each room that compares lists its own.

    A member is its code and its sentence (a message id with the places `admission` and `detail`).
    """

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.sentence = sentence
        return reason


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement. Without an admission number it concerns a whole sitting, or one of its draws."""

    reason: Reason
    admission_number: str | None = None
    detail: str = ""

    @property
    def places(self) -> dict[str, str]:
        """What fills the places of the sentence."""
        return {"admission": self.admission_number or "", "detail": self.detail}

    def __str__(self) -> str:
        return self.reason.sentence % self.places


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was announced, and its position in the sealed audit; None while it is not sealed."""

    text: str
    position: int | None


def in_order(promise: Told, drawn: Told) -> bool:
    """Whether a promise stands before a draw in the sealed audit, whatever the rooms' own tables say of their times."""
    return promise.position is not None and drawn.position is not None and promise.position < drawn.position
