"""A copy of the migrations, to add later ones to."""

import shutil
from pathlib import Path

from host.machine import MIGRATIONS

# The revision that a migration of tomorrow follows.
NEWEST = max(file.name for file in (MIGRATIONS / "versions").glob("*.py"))[:15].replace("-", "_")


def copied(place: Path) -> Path:
    """The folder of the copy, in `place`."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(MIGRATIONS, place / "migrations", ignore=ignored))
