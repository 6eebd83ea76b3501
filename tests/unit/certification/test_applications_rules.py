"""Which passed parts make an application."""

from dataclasses import dataclass
from datetime import date, timedelta

from certification.applications.rules import complete_set
from certification.programmes.queries import programmes
from exams.standards.rules import Part
from people.positions.queries import vocabulary

POSITION = vocabulary().qualification("low_voltage").position
THEORY_DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Passed:
    part: Part
    taken_on: date
    counts_until: date = date(2027, 5, 31)


def test_theory_and_then_a_practical_make_a_set():
    theory, practical = Passed(Part.THEORY, THEORY_DAY), Passed(Part.PRACTICAL, THEORY_DAY)
    assert complete_set(programmes(), POSITION, [theory]) is None
    assert complete_set(programmes(), POSITION, [theory, practical]) == {Part.THEORY: theory, Part.PRACTICAL: practical}


def test_a_practical_completes_nothing_with_a_theory_exam_that_was_passed_after_it():
    practical = Passed(Part.PRACTICAL, THEORY_DAY - timedelta(days=1))
    theory = Passed(Part.THEORY, THEORY_DAY)
    assert complete_set(programmes(), POSITION, [practical, theory]) is None
    again = Passed(Part.PRACTICAL, THEORY_DAY + timedelta(days=9))
    found = complete_set(programmes(), POSITION, [practical, theory, again])
    assert found == {Part.THEORY: theory, Part.PRACTICAL: again}
