"""The rules of true/false."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kernel.chance import Chance
from kernel.errors import N_
from question_bank.kinds.protocol import (
    NOTHING,
    WHOLE,
    Answer,
    Explanation,
    Fault,
    Faults,
    Kind,
    Layout,
    Saying,
    Shape,
    Shown,
    check_format,
)
from question_bank.kinds.true_false.errors import KeyNotTrueOrFalse, OptionsNotWanted

RIGHT = {True: N_("The statement is right"), False: N_("The statement is wrong")}
GIVEN = {True: N_("Answered: right"), False: N_("Answered: wrong")}
TYPED = {"true": True, "false": False, "T": True, "F": False}


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement itself is the question's stem; None is no key at all."""

    is_true: bool | None = field(repr=False)


class TrueFalse(Kind[Statement]):
    code = "true_false"
    names = {"zh": "判断题", "en": "True/false"}  # noqa: RUF012 - nobody writes to it
    remark = N_("One statement that is right or wrong")
    format = 1
    method = 1

    def take(self, written: Mapping[str, Any], faults: Faults) -> Statement:
        key = written.get("key")
        if written.get("options"):
            faults["options"] = OptionsNotWanted()
        if isinstance(key, list | tuple) and len(key) == 1:
            key = key[0]
        return Statement(key if isinstance(key, bool) else TYPED.get(key) if isinstance(key, str) else None)

    def faults(self, content: Statement) -> Iterator[Fault]:
        if content.is_true is None:
            yield "key", KeyNotTrueOrFalse()

    def from_form(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"key": typed.get("key")}

    def to_form(self, content: Statement) -> dict[str, Any]:
        return {"key": ["true" if content.is_true else "false"]}

    def write(self, content: Statement) -> dict[str, Any]:
        return {"format": self.format, "key": content.is_true}

    def read(self, fields: Mapping[str, Any]) -> Statement:
        check_format(self, fields)
        return Statement(fields["key"])

    def texts(self, _content: Statement) -> dict[str, str]:
        return {}

    def say(self, content: Statement, _texts: Mapping[str, str]) -> Statement:
        return content

    def lay_out(self, _content: Statement, _chance: Chance) -> Layout:
        return {}

    def in_bank_order(self, _content: Statement) -> Layout:
        return {}

    def show(self, _content: Statement, _layout: Layout) -> Shown:
        """Nothing but the stem: the page words the two answers itself."""
        return {}

    def shape(self, _content: Statement) -> Shape:
        return {}

    def fits(self, _shape: Shape, answer: Answer) -> bool:
        return isinstance(answer, bool)

    def right(self, content: Statement, _layout: Layout) -> Answer:
        return content.is_true

    def fraction(self, content: Statement, _layout: Layout, answer: Answer) -> Decimal:
        return WHOLE if isinstance(answer, bool) and answer is content.is_true else NOTHING

    def explain(self, content: Statement, _layout: Layout, answer: Answer) -> Explanation:
        given = (Saying(GIVEN[answer]),) if isinstance(answer, bool) else ()
        return Explanation(right=(Saying(RIGHT[bool(content.is_true)]),), given=given)
