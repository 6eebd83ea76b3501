"""`python -m tests.upgrade.make 0.1.0`: keep a release, as tests/upgrade/0.1.0/.

It lives through the story on an installation of its own, with keys of its own, and dumps it. Until the release has its
date it may be made anew at any time; from that day on never again: each later release adds its own.
"""

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from host.machine import Machine
from host.wiring import wiring
from kernel.settings import Settings
from tests.cast.passwords import hash_cheaply
from tests.upgrade.dumps import KEPT, LIMIT_BYTES, dump
from tests.upgrade.proofs import faults
from tests.upgrade.story import lived

console = Console()


def make(release: str) -> Path:
    """The folder of the release, written anew. Raises SystemExit where what was made does not hold today."""
    hash_cheaply()
    # Whoever watches over the embedded database may note something there while the folder goes.
    with tempfile.TemporaryDirectory(prefix="anpei-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own where we are root
        machine = Machine(Settings(var=Path(folder) / "var", demonstration=True))
        machine.migrate()
        place = machine.workplace(wiring(machine.settings))
        with console.status("Living through the story…"):
            kept = lived(place)
        if wrong := list(faults(place, kept)):
            raise SystemExit("\n".join(wrong))
        place.engines.dispose()
        dump(machine, KEPT / release, kept)
        machine.embedded.leave()
    return KEPT / release


if __name__ == "__main__":
    folder = make(sys.argv[1])
    size = sum(file.stat().st_size for file in folder.iterdir())
    console.print(f"Kept in {folder}: {size:,} bytes.")
    if size > LIMIT_BYTES:
        raise SystemExit(f"More than {LIMIT_BYTES:,} bytes: tell a shorter story.")
