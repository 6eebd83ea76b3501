"""Who uses the embedded server: each process holds a lock while it lives; the kernel takes it back however that ends.

The last to leave ends the server. Where all were killed a watchman ends it: a small process, `python -m host.users
FOLDER`, that looks every two seconds whether there is anybody.
"""

import fcntl
import subprocess
import sys
from pathlib import Path
from time import sleep
from typing import IO

from host.postmaster import Postmaster, Programs, is_free, one_at_a_time

LOOK_EVERY_SECONDS = 2.0
ALONE_FOR_LOOKS = 2  # whoever was killed is often started anew at once
HOUSE = Path(__file__).parent.parent


def _file(folder: Path, what: str) -> IO[str]:
    return folder.with_name(f"{folder.name}.{what}.lock").open("a")


class Use:
    """One use of the server of `folder`, begun when made; make and end it while holding `one_at_a_time`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = _file(folder, "users")
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def end(self) -> bool:
        """Whether nobody else uses it. Asked once."""
        with self._lock:
            return is_free(self._lock)


def have_watchman(folder: Path) -> None:
    """Start one where there is none; while holding `one_at_a_time`."""
    with _file(folder, "watchman") as lock:
        is_missing = is_free(lock)
    if is_missing:
        subprocess.Popen(  # noqa: S603 - our own command, which ends by itself
            [sys.executable, "-m", "host.users", str(folder)],
            cwd=HOUSE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def watch(folder: Path) -> None:
    """End the server of `folder` once nobody uses it any more."""
    with _file(folder, "watchman") as own:
        if not is_free(own):
            return
        alone = 0
        while alone < ALONE_FOR_LOOKS:
            sleep(LOOK_EVERY_SECONDS)
            with one_at_a_time(folder), _file(folder, "users") as users:
                alone = alone + 1 if is_free(users) else 0
                if alone == ALONE_FOR_LOOKS:
                    Postmaster(folder, Programs(folder, None), folder).stop()
                    own.close()


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
