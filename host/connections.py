"""How many connections each role may have.

So many that our pools never want more, and so few that whoever breaks into one face cannot take those of another.
PostgreSQL holds the limits itself. Where the server is small, examination gets all that it needs before any other face
gets its share: its saves must go through whatever happens elsewhere.
"""

from collections.abc import Mapping

import structlog
from psycopg import sql
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from kernel.db import HOT_POOL_SIZE, IDLE_IN_TRANSACTION, LOCK_TIMEOUT, POOL_SIZE, POOL_SPARE, STATEMENT_TIMEOUT_MS
from kernel.faces import Face

log = structlog.get_logger()

HOT = frozenset({Face.LEARNING, Face.EXAMINATION})  # those with saved answers and study heartbeats
A_WORKER = 3  # of a face in a worker process: its round, the note of a failure, an errand
KEPT_FOR_OWNER = 12  # migrations, backups, verification, somebody at a terminal
LEAST = 2
FREE = """
    SELECT sum(setting::integer) FILTER (WHERE name = 'max_connections')
         - sum(setting::integer) FILTER (WHERE name LIKE '%reserved_connections')
      FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
"""


def needs(workers: int) -> dict[Face, int]:
    """What our own pools may open at most, with one serving process of all faces and so many worker processes."""
    return {face: POOL_SIZE + POOL_SPARE + (HOT_POOL_SIZE if face in HOT else 0) + workers * A_WORKER for face in Face}


def shares(free: int, workers: int) -> dict[Face, int]:
    """So many connections of `free` for each face; together they are never more than that.

    What is left over is shared out too, for serving processes on other hosts.
    """
    wanted = needs(workers)
    first = wanted[Face.EXAMINATION] if sum(wanted.values()) > free else 0
    if not first:
        return {face: want * free // sum(wanted.values()) for face, want in wanted.items()}
    others = {face: want for face, want in wanted.items() if face is not Face.EXAMINATION}
    first = max(LEAST, min(first, free - LEAST * len(others)))
    left, total = free - first, sum(others.values())
    return {Face.EXAMINATION: first} | {face: max(LEAST, want * left // total) for face, want in others.items()}


def set_limits(connection: Connection, workers: int) -> None:
    """Let the server hold each role to its share, and end what hangs. A role that is not ours to alter stays as it is.

    The timeouts are for programs that forget: whoever speaks SQL as a role may set others, but not the number.
    """
    free = connection.execute(text(FREE)).scalar_one() - KEPT_FOR_OWNER
    wanted = sum(needs(workers).values())
    if free < wanted:
        log.warning("the database lets in fewer than may knock; set its max_connections", more=wanted - free)
    for face, most in shares(free, workers).items():
        try:
            with connection.begin_nested():
                _alter(connection, face.role, most)
        except ProgrammingError as fault:
            log.warning("the limits of a role are not ours to set", role=face.role, said=str(fault.orig).strip())
    connection.commit()


SETTINGS: Mapping[str, str] = {
    "statement_timeout": f"{STATEMENT_TIMEOUT_MS}ms",
    "lock_timeout": LOCK_TIMEOUT,
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
}


def _alter(connection: Connection, role: str, most: int) -> None:
    name = sql.Identifier(role)
    statements = [sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(name, sql.Literal(most))]
    for setting, value in SETTINGS.items():
        said = sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
        statements.append(said)
    for statement in statements:
        connection.execute(text(statement.as_string(None)))
