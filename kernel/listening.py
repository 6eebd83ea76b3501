"""The ear of a process for hints (see kernel/notify), on a connection of its own, whatever becomes of the database."""

import asyncio
from collections.abc import Callable, Collection
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection, Notify, sql

from kernel.clock import Clock
from kernel.db import CONNECT_WITHIN_SECONDS
from kernel.logs import Reminder
from kernel.notify import Channel

log = structlog.get_logger()

WHO = "anpei hints"  # by which the server lists this connection
TRY_AGAIN_AFTER_SECONDS = 1.0
ASK_EVERY_SECONDS = 10.0  # whether the server is still there: a connection that broke far away is silent


class Listener:
    """Hears hints on a connection of its own for as long as it runs, whatever becomes of the database meanwhile.

    Args:
        address: where to sign in, in libpq's words; asked anew for every connection.
        channels: on which it listens.
        heard: is told of every hint, in the event loop.
        missed: is told whenever it begins to listen: what was said before that, nobody has heard.
        clock: by which the log reminds.
    """

    def __init__(
        self,
        address: Callable[[], str],
        channels: Collection[Channel],
        *,
        heard: Callable[[Channel, UUID], None],
        missed: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._address = address
        self._channels = {channel.name: channel for channel in channels}
        self._heard = heard
        self._missed = missed
        self._clock = clock
        self._reminder = Reminder()

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError, TimeoutError) as fault:
                self._reminder.error("hints are not heard", type(fault).__name__, self._clock.now())
            except Exception:  # whatever it is, it must not end the listening
                log.exception("hints are not heard")
            await asyncio.sleep(TRY_AGAIN_AFTER_SECONDS)

    async def _listen(self) -> None:
        address = await asyncio.to_thread(self._address)  # which may start a server
        opening = AsyncConnection.connect(
            address, autocommit=True, connect_timeout=CONNECT_WITHIN_SECONDS, application_name=WHO
        )
        async with await opening as connection:
            for name in self._channels:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(name)))
            self._reminder.over()
            self._missed()
            while True:
                async for hint in connection.notifies(timeout=ASK_EVERY_SECONDS):
                    self._take(hint)
                await asyncio.wait_for(connection.execute("SELECT 1"), CONNECT_WITHIN_SECONDS)

    def _take(self, hint: Notify) -> None:
        channel = self._channels.get(hint.channel)
        try:
            subject = UUID(hint.payload)
        except ValueError:  # nobody of ours says such a thing; every role might
            return
        if channel is not None:
            self._heard(channel, subject)
