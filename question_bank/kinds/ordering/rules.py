"""The rules of ordering."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from kernel.chance import Chance
from kernel.errors import N_
from question_bank.kinds.ordering.errors import StepCount, StepRepeated, StepsUnreadable, StepTellsPlace
from question_bank.kinds.protocol import (
    NOTHING,
    Answer,
    Explanation,
    Fault,
    Faults,
    Kind,
    Layout,
    Line,
    Saying,
    Shape,
    Shown,
    check_format,
)
from question_bank.kinds.texts import text_faults, text_of

LETTERS = "ABCDEF"
LEAST, MOST = 3, len(LETTERS)
MOST_CHARACTERS = 200
RIGHT = N_("Right order: %(letters)s")
GIVEN = N_("Answered: %(letters)s")

# "第一步，断电", "1. 断电", "首先断电"; not "1 人监护".
_TELLS_PLACE = re.compile(
    r"^(第?[一二三四五六1-6]步|[（(]?[1-6][）).、．]|首先|最先|最后|first\b|second\b|third\b|finally\b|last(ly)?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Steps:
    """The texts in the right order, which is the key."""

    texts: tuple[str, ...] = field(repr=False)

    @property
    def letters(self) -> str:
        """The letters in use."""
        return LETTERS[: len(self.texts)]


class Ordering(Kind[Steps]):
    code = "ordering"
    names = {"zh": "排序题", "en": "Ordering"}  # noqa: RUF012 - nobody writes to it
    remark = N_("Three to six steps to be put in the right order")
    format = 1
    method = 1

    def take(self, written: Mapping[str, Any], faults: Faults) -> Steps:
        steps = written.get("steps") or []
        if not isinstance(steps, list | tuple):
            faults["steps"] = StepsUnreadable()
            return Steps(())
        return Steps(tuple(text_of(f"step_{number}", text, faults) for number, text in enumerate(steps, start=1)))

    def faults(self, content: Steps) -> Iterator[Fault]:
        if not LEAST <= len(content.texts) <= MOST:
            yield "steps", StepCount(least=LEAST, most=MOST, count=len(content.texts))
        numbered = list(enumerate(content.texts, start=1))
        for number, text in numbered:
            yield from text_faults(f"step_{number}", text, MOST_CHARACTERS)
            if _TELLS_PLACE.search(text.strip()):
                yield f"step_{number}", StepTellsPlace(number=number)
        for (first, one), (second, other) in combinations(numbered, 2):
            if "".join(one.split()) == "".join(other.split()):
                yield f"step_{second}", StepRepeated(first=first, second=second)

    def from_form(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Steps end at the last one that was filled in."""
        texts = [str(typed.get(f"step_{number}", "")).strip() for number in range(1, MOST + 1)]
        while texts and not texts[-1]:
            texts.pop()
        return {"steps": texts}

    def to_form(self, content: Steps) -> dict[str, Any]:
        return dict(self.texts(content))

    def write(self, content: Steps) -> dict[str, Any]:
        return {"format": self.format, "steps": list(content.texts)}

    def read(self, fields: Mapping[str, Any]) -> Steps:
        check_format(self, fields)
        return Steps(tuple(fields["steps"]))

    def texts(self, content: Steps) -> dict[str, str]:
        return {f"step_{number}": text for number, text in enumerate(content.texts, start=1)}

    def say(self, content: Steps, texts: Mapping[str, str]) -> Steps:
        return Steps(tuple(texts[name] for name in self.texts(content)))

    def lay_out(self, content: Steps, chance: Chance) -> Layout:
        """Which step of the right order, counted from 0, is shown as A, as B, as C …"""
        return {"order": chance.shuffled(range(len(content.texts)))}

    def in_bank_order(self, content: Steps) -> Layout:
        return {"order": list(range(len(content.texts)))}

    def show(self, content: Steps, layout: Layout) -> Shown:
        shown = zip(LETTERS, layout["order"], strict=False)
        return {"steps": [{"letter": letter, "text": content.texts[place]} for letter, place in shown]}

    def shape(self, content: Steps) -> Shape:
        return {"letters": content.letters}

    def fits(self, shape: Shape, answer: Answer) -> bool:
        """Every letter once: what is put in order half is no answer yet."""
        return (
            isinstance(answer, list)
            and all(isinstance(letter, str) for letter in answer)
            and sorted(answer) == list(shape["letters"])
        )

    def right(self, _content: Steps, layout: Layout) -> Answer:
        placed = sorted(zip(layout["order"], LETTERS, strict=False))
        return [letter for _, letter in placed]

    def fraction(self, content: Steps, layout: Layout, answer: Answer) -> Decimal:
        """The share of neighbours that follow each other as they should: after A comes B, wherever they stand."""
        if not self.fits(self.shape(content), answer):
            return NOTHING
        places = dict(zip(LETTERS, layout["order"], strict=False))
        right = sum(places[after] == places[before] + 1 for before, after in pairwise(answer))
        return Decimal(right) / (len(content.texts) - 1)

    def explain(self, content: Steps, layout: Layout, answer: Answer) -> Explanation:
        """The steps with their letters in the right order, then what was answered."""
        texts = {it["letter"]: it["text"] for it in self.show(content, layout)["steps"]}
        letters = self.right(content, layout)
        return Explanation(
            right=(Saying(RIGHT, {"letters": _said(letters)}),),
            given=(Saying(GIVEN, {"letters": _said(answer)}),) if self.fits(self.shape(content), answer) else (),
            lines=tuple(Line(letter, texts[letter], is_right=False, is_chosen=False) for letter in letters),
        )


def _said(letters: list[str]) -> str:
    return " → ".join(letters)
