"""The rules of multiple choice."""

from collections.abc import Iterator
from decimal import Decimal

from kernel.errors import N_
from question_bank.kinds.multiple_choice.errors import KeyTooFew
from question_bank.kinds.options import Options, OptionsKind, key_faults, shown_key
from question_bank.kinds.protocol import NOTHING, Answer, Fault, Layout, Shape


class MultipleChoice(OptionsKind):
    code = "multiple_choice"
    names = {"zh": "多选题", "en": "Multiple choice"}  # noqa: RUF012 - nobody writes to it
    remark = N_("Four to six options, two or more of them right")
    method = 1
    least, most = 4, 6

    def faults(self, content: Options) -> Iterator[Fault]:
        yield from super().faults(content)
        if len(content.key) < 2:  # noqa: PLR2004 - "multiple" is two or more
            yield "key", KeyTooFew()
        else:
            yield from key_faults(content)

    def fits(self, shape: Shape, answer: Answer) -> bool:
        """Letters of the question in order, each once, and at least one."""
        return isinstance(answer, list) and bool(answer) and answer == [it for it in shape["letters"] if it in answer]

    def right(self, content: Options, layout: Layout) -> Answer:
        return shown_key(content, layout)

    def fraction(self, content: Options, layout: Layout, answer: Answer) -> Decimal:
        """The share of the right options that were chosen; nothing once a wrong one is among them."""
        key = set(shown_key(content, layout))
        if not self.fits(self.shape(content), answer) or not set(answer) <= key:
            return NOTHING
        return Decimal(len(answer)) / len(key)
