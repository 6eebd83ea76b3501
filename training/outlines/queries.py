"""The outlines, read once from the file that comes with the program."""

from functools import cache
from pathlib import Path

import yaml

from training.outlines.rules import Outlines, outlines_from

FILE = Path(__file__).parent.parent / "data" / "outlines.yaml"


@cache
def outlines() -> Outlines:
    """Every outline; the same value for the life of the process."""
    return outlines_from(yaml.safe_load(FILE.read_text(encoding="utf-8")))
