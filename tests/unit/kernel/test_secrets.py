"""A secret is one for all who ask, however many make it at the same moment."""

import stat
import threading
from pathlib import Path

from kernel.secrets import read_or_make

AT_ONCE = 8


def test_who_asks_at_the_same_moment_gets_the_same_secret(tmp_path):
    for number in range(100):
        assert len(asked_at_once(tmp_path / str(number))) == 1


def asked_at_once(path: Path) -> set[bytes]:
    found: set[bytes] = set()
    together = threading.Barrier(AT_ONCE)

    def ask() -> None:
        together.wait()
        found.add(read_or_make(path))

    threads = [threading.Thread(target=ask) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_nobody_but_its_owner_may_read_it(tmp_path):
    folder = tmp_path / "keys"
    secret = read_or_make(folder / "signing")
    assert len(secret) == 32
    assert read_or_make(folder / "signing") == secret
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]
