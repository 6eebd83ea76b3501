"""How the platform logs: one line an event, and of a mistake the plain traceback.

structlog's own default prints every local variable of every frame, and with them passwords, ID numbers and keys.
"""

import sys
from datetime import datetime, timedelta

import structlog

REMIND_EVERY = timedelta(minutes=10)


def configure() -> None:
    """Log to standard output, for a person or for the service manager that keeps it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )


class Reminder:
    """An error that lasts is logged when it is new and then every ten minutes, not with every round of the worker."""

    def __init__(self) -> None:
        self._said: tuple[str, datetime] | None = None

    def error(self, event: str, why: str, now: datetime, *, same: str | None = None) -> None:
        """Log `event` because of `why`, unless the same was said a moment ago.

        `same` is what makes it the same, where `why` names a position that moves on.
        """
        same = same or why
        if self._said and self._said[0] == same and timedelta() <= now - self._said[1] < REMIND_EVERY:
            return
        self._said = (same, now)
        structlog.get_logger().error(event, why=why)

    def over(self) -> None:
        """It is well again; the next time it is new."""
        self._said = None
