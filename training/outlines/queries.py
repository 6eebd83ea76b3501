"""The outlines, read once from the file that comes with the program."""

from pathlib import Path

from kernel.authored import authored, read_once
from training.outlines.rules import Outlines, outlines_from

FILE = Path(__file__).parent.parent / "data" / "outlines.yaml"


@read_once
def outlines() -> Outlines:
    """Every outline; the same value for the life of the process."""
    return authored(FILE).whole(outlines_from)
