"""What screens watch, and the one reader of it in this process, however many watch.

A reader looks at most once a second, while somebody watches and never otherwise: for all that is watched at once, in a
thread of its own and on one connection, which it gives back. Those who watch hold neither.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from anyio import CapacityLimiter, to_thread

from kernel.faces import Face
from kernel.logs import Reminder
from kernel.notify import Channel
from kernel.work import Reading, Workplace

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0
ANEW_EVERY_SECONDS = 15.0  # also without a hint: nothing is believed only because nobody spoke
BLIND_AFTER_SECONDS = 3.0  # whoever watches is told so, instead of being shown what was

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows of something, as far as that changes by itself.

    `mark`: another one means that the part is to be asked for anew. `texts`: the words in single places of it, which
    change in between. They go to whoever watches, and so hold what these may know.
    """

    mark: str
    texts: Mapping[str, str]

    def since(self, before: "Shown | None") -> dict[str, object]:
        """What is different from `before`, as it is sent."""
        if before is None:
            return {"mark": self.mark, "texts": dict(self.texts)}
        texts = {name: text for name, text in self.texts.items() if before.texts.get(name) != text}
        mark = {"mark": self.mark} if self.mark != before.mark else {}
        return {**mark, **({"texts": texts} if texts else {})}


@dataclass(frozen=True, slots=True)
class Look(Generic[M]):
    """How something is now: what the next look goes on from, and what is shown of it."""

    seen: M
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Generic[M]):
    """A kind of thing that can be watched.

    Args:
        face: as which it is read.
        channel: where hints of its changes are said.
        needs: the permission of those who watch.
        require: refuses who may not watch this one; asked again and again while they do.
        look: at these things, by id, each with what was seen of it before, or None where it is to be read anew. One
            that is not there is left out.
    """

    face: Face
    channel: Channel
    needs: str
    require: Callable[[Reading, UUID], object]
    look: Callable[[Workplace, Mapping[UUID, M | None]], Mapping[UUID, Look[M]]]


@dataclass(eq=False)
class Watcher:
    """Somebody who watches: is woken when there is something new, and when it is over."""

    subject: UUID
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def end(self) -> None:
        """Nothing more comes."""
        self.is_over = True
        self.woken.set()


@dataclass(eq=False)
class _Thing:
    """One thing that is watched. `anew_at`: when it is read whole again."""

    watchers: set[Watcher] = field(default_factory=set)
    look: Look[Any] | None = None
    anew_at: float = 0.0


class Reader:
    """Looks at all that is watched of one kind, and wakes those for whom something changed."""

    def __init__(self, watch: Watch[Any], place: Workplace) -> None:
        self.watch = watch
        self._place = place
        self._things: dict[UUID, _Thing] = {}
        self._wanted = asyncio.Event()
        self._thread = CapacityLimiter(1)  # of its own: the threads of pages may all be busy
        self._reminder = Reminder()
        self._saw_at = 0.0

    def add(self, watcher: Watcher) -> None:
        """From now on, somebody watches."""
        if not self._things:
            self._saw_at = monotonic()
        self._things.setdefault(watcher.subject, _Thing()).watchers.add(watcher)
        self._wanted.set()

    def remove(self, watcher: Watcher) -> None:
        """They do no longer."""
        thing = self._things.get(watcher.subject)
        if thing is None:
            return
        thing.watchers.discard(watcher)
        if not thing.watchers:
            del self._things[watcher.subject]
        if not self._things:
            self._wanted.clear()

    def shown(self, subject: UUID) -> Shown | None:
        """What is shown of one thing, once it was looked at."""
        thing = self._things.get(subject)
        return thing.look.shown if thing is not None and thing.look is not None else None

    def hinted(self, subject: UUID | None = None) -> None:
        """One thing, or any, may have changed: it is read anew with the next look."""
        things = self._things.values() if subject is None else filter(None, [self._things.get(subject)])
        for thing in things:
            thing.anew_at = 0.0

    async def run(self) -> None:
        """Look, until cancelled."""
        while True:
            await self._wanted.wait()
            began = monotonic()
            await self._look(began)
            await asyncio.sleep(max(0.0, began + LOOK_EVERY_SECONDS - monotonic()))

    async def _look(self, now: float) -> None:
        wanted: dict[UUID, Any] = {}
        for subject, thing in self._things.items():
            is_new = thing.look is None or now >= thing.anew_at
            wanted[subject] = None if is_new or thing.look is None else thing.look.seen
            thing.anew_at = now + ANEW_EVERY_SECONDS if is_new else thing.anew_at  # a hint meanwhile counts again
        try:
            found = await to_thread.run_sync(partial(self.watch.look, self._place, wanted), limiter=self._thread)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next look may go well
            self._failed(fault)
            return
        self._reminder.over()
        self._saw_at = monotonic()
        for subject in wanted:
            self._tell(subject, found.get(subject))

    def _failed(self, fault: Exception) -> None:
        self._reminder.error("nobody looks for those who watch", type(fault).__name__, self._place.clock.now())
        self.hinted()
        if monotonic() - self._saw_at > BLIND_AFTER_SECONDS:
            for thing in self._things.values():
                _end_all(thing)

    def _tell(self, subject: UUID, look: Look[Any] | None) -> None:
        thing = self._things.get(subject)
        if thing is None:
            return
        if look is None:
            _end_all(thing)
            return
        before, thing.look = thing.look, look
        if before is None or before.shown != look.shown:
            for watcher in thing.watchers:
                watcher.woken.set()


def _end_all(thing: _Thing) -> None:
    for watcher in thing.watchers:
        watcher.end()
