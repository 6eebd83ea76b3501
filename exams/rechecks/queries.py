"""A result marked again from its evidence, with what a re-check makes good."""

from exams.attempts.queries import attempt_of_registration
from exams.breaches.queries import is_sent_out
from exams.marking.queries import replay, worth_of
from exams.marking.rules import NOTHING
from exams.practicals import queries as practicals
from exams.practicals.actions.concluding import replay as practical_again
from exams.rechecks.errors import NotOnThePaper
from exams.rechecks.rules import MarkedAgain
from exams.results.queries import ResultRow
from exams.results.rules import WeakPoint
from exams.scoring.errors import AnswerOutsidePaper
from exams.scoring.rules import METHOD
from exams.standards.rules import Part
from kernel.work import Reading


def marked_again(reading: Reading, result: ResultRow, granted: frozenset[int]) -> MarkedAgain:
    """What the evidence behind a result gives by today's method. Raises NotOnThePaper, SealBroken, KeyNotHeld."""
    attempt = attempt_of_registration(reading, result.registration_id)
    if result.part is Part.THEORY and attempt is not None:
        try:
            marks = replay(reading, attempt.id, granted=granted)
        except AnswerOutsidePaper as problem:
            raise _not_on_the_paper(problem.data["number"]) from None
        worth = worth_of(reading, attempt, marks, result.pass_mark)
        weak = tuple(WeakPoint(point.point, point.share) for point in marks.weak_points())
        return MarkedAgain(worth.score, worth.passed, worth.cancelled, weak, METHOD)
    for number in granted:
        raise _not_on_the_paper(number)
    return _without_paper(reading, result)


def _without_paper(reading: Reading, result: ResultRow) -> MarkedAgain:
    """A practical by its sheets; nothing for who never began, or was sent out."""
    practical = practicals.of_registration(reading, result.registration_id)
    is_cancelled = is_sent_out(reading, result.registration_id)
    if practical is None or practical.outcome is None or is_cancelled:
        return MarkedAgain(NOTHING, passed=False, cancelled=is_cancelled, weak_points=(), method=METHOD)
    whole, _ = practical_again(reading, practical)
    return MarkedAgain(whole.total, whole.is_passed, cancelled=False, weak_points=(), method=METHOD)


def _not_on_the_paper(number: object) -> NotOnThePaper:
    return NotOnThePaper({"numbers": NotOnThePaper(number=number)}, number=number)
