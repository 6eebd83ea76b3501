"""Practical standards, read once from the files that come with the program."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from exams.practicals.errors import NoStandard
from exams.practicals.rules import Standard, read_standard

STANDARDS = Path(__file__).parent.parent / "data" / "practicals"


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
