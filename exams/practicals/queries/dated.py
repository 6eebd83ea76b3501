"""The dated standards of practicals, read once from the files that come with the program."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from exams.practicals.errors import NoStandard
from exams.practicals.rules import Standard, read_standard

STANDARDS = Path(__file__).parents[2] / "data" / "practicals"


@cache
def standards() -> tuple[Standard, ...]:
    """Every practical standard; the same values for the life of the process."""
    files = sorted(STANDARDS.glob("*.yaml"))
    return tuple(read_standard(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)


def standard_for(qualification: str, on: date) -> Standard:
    """The standard in force for `qualification` on a day; the newest version where several are. Raises NoStandard."""
    fitting = [one for one in standards() if one.qualification == qualification and one.is_in_force(on)]
    if not fitting:
        raise NoStandard(qualification=qualification)
    return max(fitting, key=lambda one: one.version)


def standard_of(qualification: str, version: int) -> Standard | None:
    """One version of a standard, where its file is still there."""
    return next((one for one in standards() if (one.qualification, one.version) == (qualification, version)), None)
