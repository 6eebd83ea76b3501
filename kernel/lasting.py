"""What is kept for ever: one byte form, and a number for each layout.

A kind of lasting thing (a question's content, a paper, a certificate) has a name that never changes and a layout that
may. What is written names its layout as ``format``; whoever reads an old one gets it in the layout of today, brought
there step by step by small pure functions. Nothing that is stored is ever rewritten for a new layout: digests, seals
and signatures stand over the bytes as they were written.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import N_, Refused

Upcaster = Callable[[Mapping[str, Any]], Mapping[str, Any]]
KINDS: dict[str, "Lasting"] = {}


class FormatUnknown(Refused):
    """Of a later release, or of none: nothing is guessed from it."""

    sentence = N_("What is kept here (%(kind)s) is of format %(format)s, which this release does not know.")


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys, no spaces and UTF-8 text. Floats have no one form; write decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


@dataclass(frozen=True, slots=True)
class Lasting:
    """A kind of lasting thing.

    Attributes:
        name: ``package.thing``, for ever.
        format: the number of the layout that is written now; the first is 1.
        upcasters: number n -> what turns a content of layout n into one of layout n + 1.
    """

    name: str
    format: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.upcasters) != set(range(1, self.format)):
            raise ValueError(f"{self.name} of format {self.format} needs an upcaster from each number before it.")

    def written(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """`content` of today's layout, with its number."""
        return {"format": self.format, **content}

    def read(self, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """A stored content of any known layout, in the layout of today. Raises FormatUnknown."""
        return self.brought_up(content, content.get("format"))

    def brought_up(self, content: Mapping[str, Any], number: object) -> Mapping[str, Any]:
        """The same for a content whose number stands beside it, in a column of its own. Raises FormatUnknown."""
        if type(number) is not int or not 1 <= number <= self.format:  # True is no number
            raise FormatUnknown(kind=self.name, format=number)
        for step in range(number, self.format):
            content = {**self.upcasters[step](content), "format": step + 1}
        return content


def lasting(name: str, *, format: int = 1, upcasters: Mapping[int, Upcaster] | None = None) -> Lasting:  # noqa: A002
    """Declare a kind of lasting thing, once; the golden files hold a specimen of each of its layouts."""
    if name in KINDS:
        raise ValueError(f"{name} is declared already.")
    KINDS[name] = Lasting(name, format, upcasters or {})
    return KINDS[name]
