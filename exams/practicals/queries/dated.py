"""The dated standards of practicals, read once from the files that come with the program."""

from datetime import date
from pathlib import Path

from exams.practicals.errors import NoStandard
from exams.practicals.rules import Standard, read_standard
from kernel.authored import authored, faults_of, read_once
from kernel.law import Book, Region

STANDARDS = Path(__file__).parents[2] / "data" / "practicals"


@read_once
def standards() -> Book[Standard]:
    """Every practical standard; the same values for the life of the process."""
    found = [authored(file).whole(read_standard) for file in sorted(STANDARDS.glob("*.yaml"))]
    with faults_of(STANDARDS):
        return Book(found, about=lambda standard: [standard.qualification])


def standard_for(qualification: str, on: date, region: Region | None = None) -> Standard:
    """The standard in force for `qualification` on a day, in a region where one has its own. Raises NoStandard."""
    found = standards().in_force(qualification, on, region)
    if found is None:
        raise NoStandard(qualification=qualification)
    return found


def standard_of(qualification: str, version: int) -> Standard | None:
    """One version of a standard, where its file is still there."""
    return next((one for one in standards() if (one.qualification, one.version) == (qualification, version)), None)
