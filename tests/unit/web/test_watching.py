"""What is sent to those who watch, and the one reader who looks for all of them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID, uuid4

from kernel.clock import Clock
from kernel.faces import Face
from kernel.notify import Channel
from kernel.work import Workplace
from tests.cast.loops import run
from web.frame import watching
from web.frame.watching import Look, Reader, Shown, Watch, Watcher


@dataclass
class Room:
    """What is watched here: `looks` are what the reader asked for, in order."""

    mark: str = "a"
    is_away: bool = False
    looks: list[dict[UUID, Any]] = field(default_factory=list)
    gone: set[UUID] = field(default_factory=set)
    looked: asyncio.Event = field(default_factory=asyncio.Event)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def look(self, _: Workplace, seen: Mapping[UUID, Any]) -> dict[UUID, Look[str]]:
        self.looks.append(dict(seen))
        self.loop.call_soon_threadsafe(self.looked.set)
        if self.is_away:
            raise ConnectionError
        return {each: Look("seen", Shown(self.mark, {})) for each in seen if each not in self.gone}


class Place:
    """A workplace as far as a reader knows it."""

    clock = Clock()


def reading(room: Room) -> Reader:
    watch: Watch[str] = Watch(
        face=Face.EXAMINATION, channel=Channel("tests.room"), needs="", require=lambda *_: None, look=room.look
    )
    return Reader(watch, cast(Workplace, Place()))


def watch_with(story) -> None:
    """Run `story` with a reader at work."""

    async def whole() -> None:
        room = Room()
        reader = reading(room)
        running = asyncio.create_task(reader.run())
        try:
            await asyncio.wait_for(story(room, reader), 60)
        finally:
            running.cancel()

    run(whole())


def added(reader: Reader, subject: UUID) -> Watcher:
    watcher = Watcher(subject)
    reader.add(watcher)
    return watcher


async def woken(watcher: Watcher) -> None:
    await watcher.woken.wait()
    watcher.woken.clear()


async def after_looks(room: Room, more: int) -> None:
    for _ in range(more):
        room.looked.clear()
        await room.looked.wait()


def test_only_what_is_different_is_sent():
    before = Shown("a", {"now": "9:00", "answered-1": "4"})
    assert before.since(None) == {"mark": "a", "texts": {"now": "9:00", "answered-1": "4"}}
    assert Shown("a", {"now": "9:00", "answered-1": "5"}).since(before) == {"texts": {"answered-1": "5"}}
    assert Shown("b", before.texts).since(before) == {"mark": "b"}
    assert before.since(before) == {}


def test_one_look_is_enough_for_all_who_watch():
    async def story(room: Room, reader: Reader) -> None:
        subjects = [uuid4() for _ in range(3)]
        watchers = [added(reader, subject) for subject in subjects for _ in range(10)]
        for watcher in watchers:
            await woken(watcher)
        assert room.looks == [dict.fromkeys(subjects)]

    watch_with(story)


def test_nobody_looks_where_nobody_watches():
    async def story(room: Room, reader: Reader) -> None:
        watcher = added(reader, uuid4())
        await woken(watcher)
        reader.remove(watcher)
        await asyncio.sleep(1.5 * watching.LOOK_EVERY_SECONDS)
        assert len(room.looks) == 1

    watch_with(story)


def test_who_watches_is_woken_by_a_change_and_by_nothing_else():
    async def story(room: Room, reader: Reader) -> None:
        watcher = added(reader, uuid4())
        await woken(watcher)
        await after_looks(room, 2)
        assert not watcher.woken.is_set()
        room.mark = "b"
        await woken(watcher)
        shown = reader.shown(watcher.subject)
        assert shown is not None
        assert shown.mark == "b"

    watch_with(story)


def test_what_is_hinted_at_is_read_anew_and_the_rest_is_followed():
    async def story(room: Room, reader: Reader) -> None:
        one, other = added(reader, uuid4()), added(reader, uuid4())
        await woken(one)
        reader.hinted(one.subject)
        reader.hinted(uuid4())  # nobody watches it
        await after_looks(room, 1)
        assert room.looks[-1] == {one.subject: None, other.subject: "seen"}
        await after_looks(room, 1)
        assert room.looks[-1] == {one.subject: "seen", other.subject: "seen"}
        reader.hinted()
        await after_looks(room, 1)
        assert room.looks[-1] == {one.subject: None, other.subject: None}

    watch_with(story)


def test_without_any_hint_it_is_read_anew_from_time_to_time(monkeypatch):
    monkeypatch.setattr(watching, "ANEW_EVERY_SECONDS", 1.5)

    async def story(room: Room, reader: Reader) -> None:
        watcher = added(reader, uuid4())
        await after_looks(room, 4)
        assert [each[watcher.subject] for each in room.looks[1:]].count(None) >= 1

    watch_with(story)


def test_a_look_that_fails_once_ends_nothing_and_blindness_ends_it_for_all():
    async def story(room: Room, reader: Reader) -> None:
        watcher = added(reader, uuid4())
        await woken(watcher)
        room.is_away = True
        await after_looks(room, 1)
        room.is_away = False
        room.mark = "b"
        await woken(watcher)
        assert not watcher.is_over
        room.is_away = True
        await woken(watcher)
        assert watcher.is_over

    watch_with(story)


def test_what_is_not_there_any_more_ends_for_who_watches_it_alone():
    async def story(room: Room, reader: Reader) -> None:
        one, other = added(reader, uuid4()), added(reader, uuid4())
        await woken(one)
        await woken(other)
        room.gone.add(one.subject)
        await woken(one)
        assert (one.is_over, other.is_over) == (True, False)

    watch_with(story)
