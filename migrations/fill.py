"""Old rows are brought along in batches: small transactions, so that nobody waits, and a kill costs one batch at most.

Which rows are done stands in the rows themselves: `todo` no longer holds of them. So a fill that was killed is simply
run again, and so is one that is whole: it finds nothing.

    def upgrade() -> None:
        with op.get_context().autocommit_block():
            fill(op.get_bind(), "exams.results", key="id", todo="method IS NULL",
                 deed="UPDATE exams.results SET method = 'sum' WHERE id = ANY(:keys)")

Where rows are history, which nobody may change, the deed adds rows to another table instead. In writing for review
(`--sql`) there are no rows, and nothing is done.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from migrations.limits import SET_LIMITS

BATCH = 1_000
TRIES = 5
WAIT_SECONDS = 1.0  # before another try, and longer each time
BUSY = {"55P03", "40P01", "40001"}  # a lock was not to be had, a deadlock, a conflict: another try may go through

log = structlog.get_logger()

Deed = str | Callable[[Connection, list[Any]], None]
Tell = Callable[[int, int], None]


def _say(done: int, of: int) -> None:
    log.info("rows brought along", done=done, of=of)


class NotDone(Exception):
    """The deed was done to these rows, and still they are to be done: `deed` and `todo` do not fit each other."""


def fill(
    connection: Connection | None, table: str, *, key: str, todo: str, deed: Deed, batch: int = BATCH, tell: Tell = _say
) -> int:
    """Do `deed` to every row of `table` of which `todo` holds, in the order of `key`; how many there were.

    Args:
        connection: that of the migration; another one of the same engine does the work. None: nothing is done.
        table: schema.table.
        key: a column that names one row and never changes; a primary key.
        todo: a condition in SQL that holds of what is not done, and of nothing that is.
        deed: a statement with `:keys` in it, an array of a batch's keys; or what is called with a connection and keys.
        batch: so many rows are locked at once.
        tell: is told after each batch how many rows are done, of how many.

    Raises:
        NotDone: the deed leaves rows as they were.
        OperationalError: rows stayed locked by somebody else through all tries; what was done is kept.
    """
    if connection is None:
        return 0
    filling = _Filling(table, key, todo, deed, batch)
    with connection.engine.connect() as worker:
        for limit in SET_LIMITS:
            worker.execute(text(limit))
        worker.commit()
        of = filling.left(worker)
        done, last = 0, None
        while keys := filling.patiently(worker, last):
            done, last = done + len(keys), keys[-1]
            tell(done, of)
        return done


@dataclass(frozen=True, slots=True)
class _Filling:
    table: str
    key: str
    todo: str
    deed: Deed
    batch: int

    def left(self, worker: Connection) -> int:
        with worker.begin():
            worker.execute(text("SET LOCAL statement_timeout = 0"))  # counting holds nobody up, however long it takes
            return int(worker.execute(text(f"SELECT count(*) FROM {self.table} WHERE {self.todo}")).scalar_one())

    def patiently(self, worker: Connection, last: Any) -> list[Any]:
        """The keys of one batch that was done, tried again while others hold its rows; none when all are done."""
        for attempt in range(1, TRIES):
            try:
                with worker.begin():
                    return self._batch(worker, last)
            except OperationalError as fault:
                if getattr(fault.orig, "sqlstate", None) not in BUSY:
                    raise
                time.sleep(attempt * WAIT_SECONDS)
        with worker.begin():
            return self._batch(worker, last)

    def _batch(self, worker: Connection, last: Any) -> list[Any]:
        after = "" if last is None else f"AND {self.key} > :last "
        wanted = f"SELECT {self.key} FROM {self.table} WHERE ({self.todo}) {after}"
        found = worker.execute(
            text(f"{wanted} ORDER BY {self.key} LIMIT :batch FOR UPDATE"), {"batch": self.batch, "last": last}
        )
        keys = list(found.scalars())
        if keys and callable(self.deed):
            self.deed(worker, keys)
        elif keys:
            worker.execute(text(str(self.deed)), {"keys": keys})
        self._require_done(worker, keys)
        return keys

    def _require_done(self, worker: Connection, keys: list[Any]) -> None:
        left = f"SELECT count(*) FROM {self.table} WHERE ({self.todo}) AND {self.key} = ANY(:keys)"
        if missed := keys and worker.execute(text(left), {"keys": keys}).scalar_one():
            raise NotDone(f"{missed} of {len(keys)} rows of {self.table}")
