"""What is typed on the authoring screens, and what a list is narrowed to."""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from question_bank.kinds import KINDS
from question_bank.kinds.protocol import Kind
from question_bank.questions.queries import Filters, Waiting
from question_bank.questions.rules import LANGUAGES, Question
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
            kind=self.kind if self.kind in KINDS else None,
            state=chosen(State, self.state),
            waiting=chosen(Waiting, self.waiting),
            search=re.sub(r"[^\w-]", "", self.q),
        )


class Written(BaseModel):
    """A question as typed: the frame's fields, and beside them whatever the form of its kind asks.

    A translation stands in the same fields under its language's tag: `ug.stem`, `ug.option_A`.
    """

    model_config = ConfigDict(extra="allow")

    point: str = ""
    depth: str = ""
    difficulty: str = ""
    stem: str = ""
    key: list[str] = []
    reason: str = ""
    source: str = ""

    def as_written(self, kind: Kind[Any]) -> dict[str, Any]:
        """The fields as `read_question` takes them."""
        typed = self.model_dump()
        content = kind.from_form(typed)
        texts = kind.texts(kind.take(content, {}))
        translations = {}
        for tag in LANGUAGES:
            said = {name: str(typed.get(f"{tag}.{name}", "")) for name in ("stem", *texts)}
            if any(text.strip() for text in said.values()):
                translations[tag] = kind.from_form(typed | said) | {"stem": said["stem"]}
        return typed | content | {"kind": kind.code, "translations": translations}

    @classmethod
    def of(cls, question: Question) -> "Written":
        """The form filled in with what a version says, to be written anew."""
        translated = {
            f"{tag}.{name}": text
            for tag, it in question.translations.items()
            for name, text in {"stem": it.stem, **it.texts}.items()
        }
        frame = {
            "point": question.point,
            "depth": question.depth.value,
            "difficulty": str(question.difficulty),
            "stem": question.stem,
            "reason": question.reason,
            "source": question.source,
        }
        return cls.model_validate(frame | question.rules.to_form(question.content) | translated)


def chosen(choices: type[Choice], value: str) -> Choice | None:
    """The choice that `value` names, or None."""
    return choices(value) if value in {choice.value for choice in choices} else None
