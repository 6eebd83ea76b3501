"""The only reader of time. Everything else is told `now`: an aware UTC instant.

The platform's clock is steady: it goes by what passed since the machine was started, which nobody can set, and not by
the machine's calendar, which may jump by a typing mistake, an empty battery or a wrong time server. Papers are taken
and time is left by the steady one. All processes of a machine share one reckoning, kept in a file until the next boot.
`Clock` can be set forward for rehearsals and tests; nothing sets it back.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kernel.errors import N_, Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")
ACCEPTED = "kernel.clock_accepted"  # noted in the audit, with the seconds that it was ahead
BOOT = Path("/proc/sys/kernel/random/boot_id")
JUMP = timedelta(seconds=2)  # less is what time servers correct every day


class ClockJumped(Problem):
    sentence = N_(
        "The clock of the server shows %(shown)s; by what has passed it is %(steady)s. Exams go by what has passed: "
        "nobody loses time or wins any. Whoever runs the platform sets the clock right, or accepts it: anpei clock "
        "--accept"
    )


def passed() -> float:
    """Seconds since this machine was started, also while it slept; where that cannot be had, since some moment."""
    since_boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if since_boot is None else time.clock_gettime(since_boot)


class Clock:
    """The platform's clock: steady since it was made, plus what a rehearsal has skipped.

    Args:
        kept: where this machine's processes keep their reckoning; None for one that shares it with nobody.
        calendar: the machine's own clock, in seconds since 1970.
    """

    def __init__(self, kept: Path | None = None, calendar: Callable[[], float] = time.time) -> None:  # noqa: TID251
        self._skipped = timedelta()
        self._kept = kept if kept is not None and BOOT.exists() else None
        self._calendar = calendar
        self._started_at = calendar() - passed()
        if not self._follow():
            self._keep()

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.fromtimestamp(self._started_at + passed(), UTC) + self._skipped

    def skip(self, duration: timedelta) -> None:
        """Move this process's clock forward by `duration`; a rehearsal cannot go back in time."""
        if duration < timedelta():
            raise ValueError("A clock is never set back.")
        self._skipped += duration

    @property
    def skipped(self) -> timedelta:
        """What a rehearsal has skipped."""
        return self._skipped

    def jumped(self) -> timedelta:
        """How far the machine's calendar has gone ahead (or back) of the steady clock; nothing for less than JUMP."""
        self._follow()
        ahead = timedelta(seconds=self._calendar() - passed() - self._started_at)
        return ahead if abs(ahead) >= JUMP else timedelta()

    def problem(self) -> ClockJumped | None:
        """What is to be said where the machine's calendar has jumped."""
        ahead = self.jumped()
        return ClockJumped(shown=self.now() + ahead, steady=self.now()) if ahead else None

    def believe_calendar(self) -> None:
        """Go by the machine's calendar from now on, with all processes of this machine."""
        self._started_at = self._calendar() - passed()
        self._keep()

    def _follow(self) -> bool:
        """Take over what another process of this machine reckons with, if there is one since the last boot."""
        if self._kept is not None:
            with suppress(OSError, ValueError):
                boot, started_at = self._kept.read_text().split()
                if boot == BOOT.read_text().strip():
                    self._started_at = float(started_at)
                    return True
        return False

    def _keep(self) -> None:
        if self._kept is not None:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            draft = self._kept.with_name(f"{self._kept.name}.{time.monotonic_ns()}")
            draft.write_text(f"{BOOT.read_text().strip()} {self._started_at!r}\n")
            draft.replace(self._kept)


def shanghai_date(instant: datetime) -> date:
    """The calendar day of an instant where the law of this platform counts days."""
    return instant.astimezone(SHANGHAI).date()
