"""What is typed on the authoring screens, and what a list is narrowed to."""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel

from question_bank.questions.queries import Filters, Waiting
from question_bank.questions.rules import FALSE, LETTERS, TRUE, Kind, Question
from question_bank.review.rules import State

Choice = TypeVar("Choice", bound=StrEnum)


class Narrowed(BaseModel):
    """The filters as they stand in the address; what makes no sense narrows nothing."""

    q: str = ""
    bank: str = ""
    point: str = ""
    kind: str = ""
    state: str = ""
    waiting: str = ""

    def filters(self, banks: Collection[str]) -> Filters:
        """The filters for the query. A bank that is not there would only find nothing."""
        return Filters(
            bank=self.bank if self.bank in banks else None,
            point=re.sub(r"[^\w-]", "", self.point) or None,
            kind=chosen(Kind, self.kind),
            state=chosen(State, self.state),
            waiting=chosen(Waiting, self.waiting),
            search=re.sub(r"[^\w-]", "", self.q),
        )


class Written(BaseModel):
    """A question as typed. Options stand in fields of their own, so that a fault is shown beside its option."""

    point: str = ""
    depth: str = ""
    difficulty: str = ""
    stem: str = ""
    option_A: str = ""  # noqa: N815 - the letter of the option
    option_B: str = ""  # noqa: N815
    option_C: str = ""  # noqa: N815
    option_D: str = ""  # noqa: N815
    option_E: str = ""  # noqa: N815
    option_F: str = ""  # noqa: N815
    key: list[str] = []
    reason: str = ""
    source: str = ""

    def as_written(self, kind: Kind) -> dict[str, Any]:
        """The fields as `read_question` takes them. Options end at the last one that was filled in."""
        texts = [getattr(self, f"option_{letter}").strip() for letter in LETTERS]
        while texts and not texts[-1]:
            texts.pop()
        options = {} if kind is Kind.TRUE_FALSE else dict(zip(LETTERS, texts, strict=False))
        return self.model_dump() | {"kind": kind, "options": options}

    @classmethod
    def of(cls, question: Question) -> "Written":
        """The form filled in with what a version says, to be written anew."""
        options = {f"option_{letter}": text for letter, text in zip(LETTERS, question.options, strict=False)}
        return cls(
            point=question.point,
            depth=question.depth,
            difficulty=str(question.difficulty),
            stem=question.stem,
            key=sorted(question.key),
            reason=question.reason,
            source=question.source,
            **options,
        )


class Reason(BaseModel):
    """Why a version is sent back or suspended, as typed."""

    reason: str = ""


def chosen(choices: type[Choice], value: str) -> Choice | None:
    """The choice that `value` names, or None."""
    return choices(value) if value in {choice.value for choice in choices} else None


def letters_of(kind: Kind) -> str:
    """The letters that the form of a kind offers: as many options as the kind may have."""
    return {Kind.TRUE_FALSE: TRUE + FALSE, Kind.SINGLE_CHOICE: LETTERS[:4], Kind.MULTIPLE_CHOICE: LETTERS}[kind]
