"""The only reader of time. Everything else is told `now`: an aware UTC instant.

`Clock` can be set forward for rehearsals and tests; nothing sets it back.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock:
    """The platform's clock: the machine's, plus what a rehearsal has skipped."""

    def __init__(self) -> None:
        self._skipped = timedelta()

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC) + self._skipped  # noqa: TID251 - the one place

    def skip(self, duration: timedelta) -> None:
        """Move this process's clock forward by `duration`; a rehearsal cannot go back in time."""
        if duration < timedelta():
            raise ValueError("A clock is never set back.")
        self._skipped += duration


def shanghai_date(instant: datetime) -> date:
    """The calendar day of an instant where the law of this platform counts days."""
    return instant.astimezone(SHANGHAI).date()
