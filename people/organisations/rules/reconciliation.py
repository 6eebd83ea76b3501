"""Does a line of a staff list fit what is recorded? Importing the same list twice must change nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.errors import Problem
from people.organisations.errors import AlreadyEmployedOtherwise, NameDiffersFromRecord
from people.organisations.rules.staff_lists import BadRow, Column, StaffLine, bad_row


class Verdict(StrEnum):
    NEW = "new"  # somebody to employ
    UNCHANGED = "unchanged"  # recorded exactly so, or recorded so and left since


@dataclass(frozen=True, slots=True)
class Recorded:
    """An employment that is recorded for a person at this enterprise."""

    post: str
    hired_on: date
    migrant_worker: bool
    injury_insurance: bool
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded about the holder of an ID number; `employments` at this enterprise only."""

    name: str
    employments: tuple[Recorded, ...] = ()


def judge(line: StaffLine, known: Known | None) -> Verdict | BadRow:
    """Whether `line` is new, changes nothing, or contradicts the record.

    An import adds people and never overwrites: a contradiction is shown to the clerk, who changes the line on the staff
    list knowingly. An old list that still names somebody who has left does not employ them again.
    """
    if known is None:
        return Verdict.NEW
    if known.name != line.name:
        return _refused(line, Column.NAME, NameDiffersFromRecord())
    if any(each.left_on is not None and each.hired_on == line.hired_on for each in known.employments):
        return Verdict.UNCHANGED
    current = next((each for each in known.employments if each.left_on is None), None)
    if current is None:
        return Verdict.NEW
    if _says_the_same(line, current):
        return Verdict.UNCHANGED
    return _refused(
        line, Column.POST, AlreadyEmployedOtherwise(post=current.post, hired_on=current.hired_on.isoformat())
    )


def typed_again(line: StaffLine) -> dict[Column, str]:
    """A line as it would be typed, for the list of rows to mend."""
    return {
        Column.NAME: line.name,
        Column.ID_NUMBER: line.id_number.text,
        Column.POST: line.post,
        Column.PHONE: line.phone or "",
        Column.HIRED_ON: line.hired_on.isoformat(),
        Column.MIGRANT_WORKER: "是" if line.migrant_worker else "否",
        Column.INJURY_INSURANCE: "是" if line.injury_insurance else "否",
    }


def _says_the_same(line: StaffLine, current: Recorded) -> bool:
    """The phone is left out: it is the person's own, and they may have changed it since the list was written."""
    return (line.post, line.hired_on, line.migrant_worker, line.injury_insurance) == (
        current.post,
        current.hired_on,
        current.migrant_worker,
        current.injury_insurance,
    )


def _refused(line: StaffLine, column: Column, problem: Problem) -> BadRow:
    return bad_row(line.row, typed_again(line), {column: problem})
