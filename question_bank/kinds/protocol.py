"""What a kind of question is: what every folder of this room must be able to do. Pure.

A kind knows its content (a value of its own), and through four more values speaks with everybody else, all of them
JSON so that they can be sealed, sent and kept for ever:

- the *layout*: how the content is laid out for one candidate, drawn from chance. It may give the key away (the right
  order of steps is the order in the bank), so it is sealed with the paper.
- what is *shown*: all that a candidate may see. Never a key.
- the *shape* of an answer: what answers fit, and nothing of what is right. It stands plain beside the attempt.
- the *answer*, or None where there is none.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from kernel.chance import Chance
from kernel.errors import Problem

Content = TypeVar("Content")

Answer = Any  # a JSON value; what it looks like is the kind's own matter
Layout = dict[str, Any]
Shown = dict[str, Any]
Shape = dict[str, Any]

Fault = tuple[str, Problem]  # the field at fault, and why
Faults = dict[str, Problem | str]

NOTHING, WHOLE = Decimal(0), Decimal(1)
MOST_BYTES = 2048  # of an answer in canonical JSON


@dataclass(frozen=True, slots=True)
class Line:
    """One line that a candidate could choose or place, with the sign that it had on the paper."""

    sign: str
    text: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """A message id with what fills its places."""

    message: str
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a question is answered right, and what was answered: never for a candidate who is still at the paper."""

    right: tuple[Saying, ...] = ()
    given: tuple[Saying, ...] = ()
    lines: tuple[Line, ...] = ()


class Kind(ABC, Generic[Content]):
    """The rules of one kind. There is one object of each, and it holds nothing."""

    code: ClassVar[str]
    names: ClassVar[Mapping[str, str]]  # by language
    remark: ClassVar[str]  # a message id: what such a question is, for who is about to write one
    format: ClassVar[int]  # of the content's JSON
    method: ClassVar[int]  # of `fraction`; a better way gets the next number

    # the author

    @abstractmethod
    def take(self, written: Mapping[str, Any], faults: Faults) -> Content:
        """The content of what an author or a bank's file wrote; what cannot be read at all is added to `faults`."""

    @abstractmethod
    def faults(self, content: Content) -> Iterator[Fault]:
        """Everything that is wrong with a content that could be read."""

    @abstractmethod
    def from_form(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of the kind's form as `take` reads them."""

    @abstractmethod
    def to_form(self, content: Content) -> dict[str, Any]:
        """The fields of the kind's form, filled in."""

    # kept for ever

    @abstractmethod
    def write(self, content: Content) -> dict[str, Any]:
        """The content as JSON, with its format."""

    @abstractmethod
    def read(self, fields: Mapping[str, Any]) -> Content:
        """What `write` wrote. Raises ValueError for a format that is not known."""

    # translations

    @abstractmethod
    def texts(self, content: Content) -> dict[str, str]:
        """The texts of a content that a translation says again, by the name of their form field."""

    @abstractmethod
    def say(self, content: Content, texts: Mapping[str, str]) -> Content:
        """The same content with `texts` in the place of its own."""

    # the candidate

    @abstractmethod
    def lay_out(self, content: Content, chance: Chance) -> Layout:
        """How one candidate sees it."""

    @abstractmethod
    def in_bank_order(self, content: Content) -> Layout:
        """The layout that changes nothing, as authors see it."""

    @abstractmethod
    def show(self, content: Content, layout: Layout) -> Shown:
        """All that this candidate may see."""

    def present(self, content: Content, chance: Chance) -> tuple[Shown, Layout]:
        """What a candidate may see, and how it was laid out."""
        layout = self.lay_out(content, chance)
        return self.show(content, layout), layout

    # the answer

    @abstractmethod
    def shape(self, content: Content) -> Shape:
        """What answers fit. The same for every layout, and for every key."""

    @abstractmethod
    def fits(self, shape: Shape, answer: Answer) -> bool:
        """Whether an answer (never None) could be one of this question."""

    @abstractmethod
    def right(self, content: Content, layout: Layout) -> Answer:
        """An answer that earns everything."""

    @abstractmethod
    def fraction(self, content: Content, layout: Layout, answer: Answer) -> Decimal:
        """What a fitting answer earns, 0 to 1, before the standard makes marks of it. One that does not fit: 0."""

    @abstractmethod
    def explain(self, content: Content, layout: Layout, answer: Answer) -> Explanation:
        """The right answer, and what was answered (None: nothing)."""


def check_format(kind: type[Kind[Any]] | Kind[Any], fields: Mapping[str, Any]) -> None:
    """Raises ValueError where `fields` are not of the kind's format: a bug, or bytes of a later version."""
    if fields.get("format") != kind.format:
        raise ValueError(f"{kind.code} content of format {fields.get('format')}")
