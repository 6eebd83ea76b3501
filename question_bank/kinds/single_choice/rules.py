"""The rules of single choice."""

from collections.abc import Iterator
from decimal import Decimal

from kernel.errors import N_
from question_bank.kinds.options import Options, OptionsKind, key_faults, shown_key
from question_bank.kinds.protocol import NOTHING, WHOLE, Answer, Fault, Layout, Shape
from question_bank.kinds.single_choice.errors import KeyNotOne


class SingleChoice(OptionsKind):
    code = "single_choice"
    names = {"zh": "单选题", "en": "Single choice"}  # noqa: RUF012 - nobody writes to it
    remark = N_("Three or four options, one of them right")
    method = 1
    least, most = 3, 4

    def faults(self, content: Options) -> Iterator[Fault]:
        yield from super().faults(content)
        if len(content.key) != 1:
            yield "key", KeyNotOne()
        else:
            yield from key_faults(content)

    def fits(self, shape: Shape, answer: Answer) -> bool:
        return isinstance(answer, str) and len(answer) == 1 and answer in shape["letters"]

    def right(self, content: Options, layout: Layout) -> Answer:
        return shown_key(content, layout)[0]

    def fraction(self, content: Options, layout: Layout, answer: Answer) -> Decimal:
        return WHOLE if [answer] == shown_key(content, layout) else NOTHING
