"""The two paths that are hot, a saved answer and a study heartbeat: one small statement each, on asyncpg.

Everything else is plain `def` with a session. Here there is no template, no ORM object and no thread: JSON in, one
idempotent statement, JSON out.
"""

import asyncio
from typing import Any

import asyncpg
from starlette.requests import Request

from kernel.db import CONNECT_WITHIN_SECONDS, HOT_POOL_SIZE, STATEMENT_TIMEOUT_MS
from kernel.faces import Face
from kernel.settings import libpq
from kernel.work import Workplace
from people.accounts.queries import token_digest
from web.frame.access import SignInFirst
from web.frame.work import SESSION_COOKIE


class DatabaseIsAway(Exception):
    """No connection, or no answer: the page keeps what it has and tries again. What was done already is done once."""


# What asyncpg lets through of a database that is away, ending, or broken off in the middle of an answer.
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # giving back a connection that broke off in the middle of an answer
)


class Pools:
    """One asyncpg pool a face, opened when first needed, in the event loop of this process."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._pools: dict[Face, asyncpg.Pool] = {}
        self._opening = asyncio.Lock()

    async def of(self, face: Face) -> asyncpg.Pool:
        """The pool of one face."""
        if face not in self._pools:
            async with self._opening:
                if face not in self._pools:
                    address = libpq(self._workplace.engines.url(face))
                    self._pools[face] = await asyncpg.create_pool(
                        address,
                        min_size=2,
                        max_size=HOT_POOL_SIZE,
                        timeout=CONNECT_WITHIN_SECONDS,
                        command_timeout=STATEMENT_TIMEOUT_MS / 1000,
                    )
        return self._pools[face]

    async def close(self) -> None:
        """Close all pools."""
        for pool in self._pools.values():
            await pool.close()
        self._pools.clear()


async def pool(request: Request, face: Face) -> "Statements":
    """The pool of `face` in this application. Raises DatabaseIsAway."""
    pools: Pools = request.app.state.pools
    try:
        return Statements(await pools.of(face))
    except AWAY as problem:
        raise DatabaseIsAway(type(problem).__name__) from problem


class Statements:
    """One statement at a time on a connection of a pool. A database that is away is no bug of ours.

    asyncpg says that with many exceptions, and waits for a free connection for ever unless it is told not to.
    """

    def __init__(self, connections: asyncpg.Pool) -> None:
        self._connections = connections

    async def fetchrow(self, statement: str, *values: Any) -> asyncpg.Record | None:
        """The first row. Raises DatabaseIsAway."""
        try:
            async with self._connections.acquire(timeout=CONNECT_WITHIN_SECONDS) as connection:
                return await connection.fetchrow(statement, *values)
        except AWAY as problem:
            raise DatabaseIsAway(type(problem).__name__) from problem


def session_digest(request: Request) -> bytes:
    """What the statement compares with people.sessions. Raises SignInFirst when there is no cookie at all."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise SignInFirst
    return token_digest(token)
