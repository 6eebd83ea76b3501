"""Pages that are told when what they show has changed, by server-sent events; `web/components/browser/live.js` listens.

A stream holds no connection to the database and no thread while it waits, is woken by a `watching.Reader`, and sends
what is different from what it sent last, so that a slow line is never behind by more than one message. It ends when the
process is told to end, when nothing can be read any more, and within CHECK_EVERY_SECONDS of the person's sign-in, duty
or permission. The page then asks as it did before there were streams, and finds out by that what is the matter.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from kernel.errors import Forbidden
from kernel.listening import Listener
from kernel.notify import Channel
from kernel.settings import libpq
from kernel.work import Workplace
from web.frame.watching import Reader, Shown, Watch, Watcher
from web.frame.work import enter, workplace

log = structlog.get_logger()

STREAMS_AT_MOST = 500  # a process; further pages ask from time to time
STREAMS_OF_ONE_ACCOUNT = 6  # who opens one more loses the oldest, most likely that of a line that broke unheard
CHECK_EVERY_SECONDS = 15.0
# A sign of life is an event and no comment: scripts see no comments, and must notice a line that is dead or dammed up.
SIGN_OF_LIFE_EVERY_SECONDS = 10.0
HEADERS = {
    "Cache-Control": "no-store, no-transform",  # no proxy packs it, and by that holds it back
    "X-Accel-Buffering": "no",  # nginx's word for the same
}
CHECKS_AT_ONCE = 2


class Streams:
    """The open streams of this process, the readers they wait for, and the ear for hints."""

    def __init__(self, place: Workplace, watches: Collection[Watch[Any]]) -> None:
        self._place = place
        self._readers = [Reader(watch, place) for watch in watches]
        self._open: list[tuple[UUID | None, Watcher]] = []  # by account, the oldest first
        self._tasks: list[asyncio.Task[None]] = []
        self._checks = CapacityLimiter(CHECKS_AT_ONCE)
        self._is_ending = False

    def start(self) -> None:
        """Listen for hints and look for those who watch, from now on."""
        running = [reader.run() for reader in self._readers]
        if self._readers:
            running.append(self._listener().run())
        self._tasks = [asyncio.create_task(each) for each in running]

    async def stop(self) -> None:
        """Stop all of it."""
        self.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def end(self) -> None:
        """Every stream ends now, and none is opened any more: the process is to end."""
        self._is_ending = True
        for _, watcher in self._open:
            watcher.end()

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def _listener(self) -> Listener:
        face = self._readers[0].watch.face
        return Listener(
            lambda: libpq(self._place.engines.url(face)),
            {reader.watch.channel for reader in self._readers},
            heard=self._heard,
            missed=self._missed,
            clock=self._place.clock,
        )

    def _heard(self, channel: Channel, subject: UUID) -> None:
        for reader in self._readers:
            if reader.watch.channel == channel:
                reader.hinted(subject)

    def _missed(self) -> None:
        for reader in self._readers:
            reader.hinted()

    async def open(self, request: Request, watch: Watch[Any], subject: UUID) -> Response:
        """A stream of what changes about `subject`; 503 where there are too many.

        Raises:
            what `watch.require` raises.
        """
        await self._check(request, watch, subject)
        if self._is_ending or self.count >= STREAMS_AT_MOST:
            return Response(status_code=503, headers={"Retry-After": "30"})
        reader = next(each for each in self._readers if each.watch is watch)
        watcher = self._admitted(reader, request.state.actor.account_id, subject)
        check = partial(self._check, request, watch, subject)
        return _Stream(_events(reader, watcher, check), over=partial(self._leave, reader, watcher))

    def _admitted(self, reader: Reader, account: UUID | None, subject: UUID) -> Watcher:
        own = [each for holder, each in self._open if holder == account and not each.is_over]
        for each in own[: max(0, len(own) + 1 - STREAMS_OF_ONE_ACCOUNT)]:
            each.end()
        watcher = Watcher(subject)
        self._open.append((account, watcher))
        reader.add(watcher)
        return watcher

    def _leave(self, reader: Reader, watcher: Watcher) -> None:
        reader.remove(watcher)
        self._open = [entry for entry in self._open if entry[1] is not watcher]

    async def _check(self, request: Request, watch: Watch[Any], subject: UUID) -> None:
        """Whether this person may watch, as they are signed in and on duty at this moment."""
        await to_thread.run_sync(partial(_require, request, watch, subject), limiter=self._checks)


class _Stream(StreamingResponse):
    """An answer that says when it is over, also where nobody took any of it."""

    def __init__(self, events: AsyncIterator[bytes], *, over: Callable[[], None]) -> None:
        super().__init__(events, media_type="text/event-stream", headers=HEADERS)
        self._over = over

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._over()


async def _events(reader: Reader, watcher: Watcher, check: Callable[[], Awaitable[None]]) -> AsyncIterator[bytes]:
    """What is sent, until it is over or `check` refuses."""
    sent: Shown | None = None
    checked = spoke = monotonic()
    while not watcher.is_over:
        shown, now = reader.shown(watcher.subject), monotonic()
        if shown is not None and shown != sent:
            yield _message(shown.since(sent))
            sent, spoke = shown, now
        elif now >= spoke + SIGN_OF_LIFE_EVERY_SECONDS:
            yield _message({})
            spoke = now
        if now >= checked + CHECK_EVERY_SECONDS:
            if not await _passes(check):
                return
            checked = now
        await _woken(watcher, min(spoke + SIGN_OF_LIFE_EVERY_SECONDS, checked + CHECK_EVERY_SECONDS))


def _message(changes: Mapping[str, object]) -> bytes:
    return f"data: {json.dumps(changes, ensure_ascii=False)}\n\n".encode()


async def _passes(check: Callable[[], Awaitable[None]]) -> bool:
    """Whether this person may go on watching; not where nobody can say."""
    try:
        await check()
    except Exception as problem:  # noqa: BLE001 - the page asks by itself, and is told what the matter is
        log.debug("a stream ends", problem=type(problem).__name__)
        return False
    return True


async def _woken(watcher: Watcher, at_latest: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(watcher.woken.wait(), max(0.0, at_latest - monotonic()))
    watcher.woken.clear()


def _require(request: Request, watch: Watch[Any], subject: UUID) -> None:
    enter(request, watch.face)
    actor = request.state.actor
    if not actor.may(watch.needs):
        raise Forbidden
    with workplace(request).reading(actor, watch.face) as reading:
        watch.require(reading, subject)


async def stream(request: Request, watch: Watch[Any], subject: UUID) -> Response:
    """The answer of a route whose page watches `subject`. Raises what `watch.require` raises."""
    streams: Streams = request.app.state.streams
    return await streams.open(request, watch, subject)
