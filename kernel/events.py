"""Facts that were announced. Each becomes an audit row, and a delivery for every reaction wired to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from kernel.faces import Face
from kernel.lasting import Lasting, Upcaster
from kernel.notify import Channel

if TYPE_CHECKING:
    from kernel.work import Work, Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact, in the past tense. Fields are UUID, str, int, bool, date, datetime, Decimal, None or tuples of those."""

    NAME: ClassVar[str]  # for ever: audit rows and deliveries carry it
    FORMAT: ClassVar[int] = 1  # of its fields; a higher one needs a way from each before it
    UPCASTERS: ClassVar[Mapping[int, Upcaster]] = {}

    @property
    def subject(self) -> UUID | None:
        """What the fact is about: the first field, where that is an id."""
        first = next((getattr(self, field.name) for field in fields(self)), None)
        return first if isinstance(first, UUID) else None


E = TypeVar("E", bound=Event)


# Made once a kind of fact: making one takes as long as three hundred uses of it.
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def as_json(event: Event) -> dict[str, Any]:
    """The facts of an event as plain JSON values; Decimals become strings, so that no digit is lost."""
    facts: dict[str, Any] = _adapter(type(event)).dump_python(event, mode="json")
    return facts


def from_json(kind: type[E], facts: dict[str, Any], number: int) -> E:
    """The event that `as_json` wrote down, perhaps an earlier release, with its number. Raises FormatUnknown."""
    layout = Lasting(kind.NAME, kind.FORMAT, kind.UPCASTERS)
    event: E = _adapter(kind).validate_python(layout.brought_up(facts, number))
    return event


@dataclass(frozen=True, slots=True)
class Reaction:
    """What happens when a fact is announced: `run(work, event)` as `face`, in a transaction of its own."""

    event: type[Event]
    run: "Callable[[Work, Any], None]"
    face: Face
    name: str  # by which a delivery finds its reaction again, in whatever release and module it is then


@dataclass(frozen=True, slots=True)
class Periodic:
    """A deed that is done every `seconds`, as `face`, never twice at once; a heavy one by worker processes only."""

    seconds: float
    run: "Callable[[Work], None]"
    face: Face
    name: str  # under which this deed is locked and logged, and stands in the audit as who did it
    is_heavy: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """What speaks with the world outside every `seconds`: it is given no transaction and makes its own, short ones.

    Only worker processes run errands. Two may run the same one at once.
    """

    seconds: float
    run: "Callable[[Workplace], None]"
    face: Face
    name: str
    is_heavy: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """That `about(event)` has changed is said on `channel` with the fact, in its transaction; see kernel/notify."""

    event: type[Event]
    channel: Channel
    about: Callable[[Any], UUID]


class Wiring:
    """Who reacts to what. Filled in host/wiring/, a file for each package that reacts."""

    def __init__(self) -> None:
        self.reactions: list[Reaction] = []
        self.periodic: list[Periodic | Errand] = []
        self.hints: list[Hint] = []

    def wire(self, event: type[E], run: "Callable[[Work, E], None]", *, face: Face, name: str) -> None:
        """When `event` is announced, the worker runs `run` as `face`, exactly once.

        `name` is ``room/deed``, once given for ever: facts that wait carry it. It says nothing of where the code is.
        """
        self._refuse_taken(name, face)
        self.reactions.append(Reaction(event, run, face, name))

    def every(
        self, seconds: float, run: "Callable[[Work], None]", *, face: Face, name: str, is_heavy: bool = False
    ) -> None:
        """`run` is done as `face` every `seconds`; where it is heavy, outside of any process that serves.

        `name` as for `wire`; one deed may be done as several faces.
        """
        self._refuse_taken(name, face)
        self.periodic.append(Periodic(seconds, run, face, name, is_heavy))

    def outside(self, seconds: float, run: "Callable[[Workplace], None]", *, face: Face, name: str) -> None:
        """`run` goes outside every `seconds` for `face`, with no connection in hand. `name` as for `every`."""
        self._refuse_taken(name, face)
        self.periodic.append(Errand(seconds, run, face, name))

    def hint(self, event: type[E], channel: Channel, about: Callable[[E], UUID]) -> None:
        """When `event` is committed, whoever listens on `channel` is told to look at `about(event)` again."""
        self.hints.append(Hint(event, channel, about))

    def _refuse_taken(self, name: str, face: Face) -> None:
        taken = [*((each.name, each.face) for each in self.reactions), *((it.name, it.face) for it in self.periodic)]
        if (name, face) in taken:
            raise ValueError(f"{name} is the name of another.")

    def reactions_to(self, event: Event) -> list[Reaction]:
        """The reactions wired to this kind of fact, in the order of wiring."""
        return [reaction for reaction in self.reactions if reaction.event is type(event)]

    def hints_of(self, event: Event) -> list[Hint]:
        """The hints that go with this kind of fact."""
        return [hint for hint in self.hints if hint.event is type(event)]
