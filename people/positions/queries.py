"""The vocabulary, read once from the files that come with the program. There is nothing to read in the database."""

from functools import cache
from pathlib import Path

import yaml

from people.positions.rules import Vocabulary
from people.positions.rules.catalogue_files import vocabulary_from

CATALOGUES = Path(__file__).parent.parent / "data" / "catalogues"


@cache
def vocabulary() -> Vocabulary:
    """Every catalogue and kind of post; the same value for the life of the process."""
    files = sorted(CATALOGUES.glob("*.yaml"))
    return vocabulary_from([yaml.safe_load(file.read_text(encoding="utf-8")) for file in files])
