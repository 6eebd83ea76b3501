"""The low-voltage standard as it ships, and small ways to fill its sheets."""

from decimal import Decimal

from exams.practicals.queries import standards
from exams.practicals.rules import Deed, ItemOutcome, Sheet, Standard, Step, fold

COMPLETE = Step(Deed.COMPLETE)


def low_voltage() -> Standard:
    return next(one for one in standards() if one.qualification == "low_voltage")


def deduct(line: str, deduction: str) -> Step:
    return Step(Deed.DEDUCT, line, deduction)


def sheet(item: str, *steps: Step) -> Sheet:
    return fold(low_voltage().item(item), steps)


def scored(**marks: str | int) -> dict[str, ItemOutcome]:
    return {subject: ItemOutcome(Decimal(score)) for subject, score in marks.items()}
