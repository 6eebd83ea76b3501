"""A result marked again from its evidence, with what a re-check makes good."""

from dataclasses import dataclass
from datetime import datetime

from exams.attempts.queries import AttemptRow, attempt_of_registration, attempts_of_sitting
from exams.breaches.queries import is_sent_out
from exams.evidence.queries import is_whole
from exams.marking.queries import replay, worth_of
from exams.marking.rules import NOTHING
from exams.papers import queries as papers
from exams.practicals import queries as practicals
from exams.practicals.actions.concluding import replay as practical_again
from exams.rechecks.errors import NotOnThePaper
from exams.rechecks.rules import MarkedAgain
from exams.results.queries import ResultRow, results_of_sitting
from exams.results.rules import WeakPoint
from exams.scoring.errors import AnswerOutsidePaper
from exams.scoring.rules import METHOD
from exams.sittings import queries as sittings
from exams.standards.rules import Part
from kernel.work import Reading
from question_bank.questions.rules import VersionId


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody else of the sitting whose result changes when a question that was faulty is made good."""

    before: ResultRow
    granted: frozenset[int]
    again: MarkedAgain


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a faulty question concerns besides the one who asked.

    Attributes:
        had_it: how many others of the sitting had it on their papers.
        alike: those whose result changes.
        altered: admission numbers of those whose kept evidence is not what was announced.
        elsewhere: codes of other sittings that drew from a pool with it.
    """

    had_it: int = 0
    alike: tuple[Alike, ...] = ()
    altered: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def passing(self) -> int:
        """How many pass now who had not passed."""
        return sum(one.again.passed and not one.before.passed for one in self.alike)

    @property
    def failing(self) -> int:
        """How many have passed no longer."""
        return sum(one.before.passed and not one.again.passed for one in self.alike)


def reach(reading: Reading, result: ResultRow, granted: frozenset[int], *, before: datetime) -> Reach:
    """Whom these questions concern besides whose result it is; other sittings: those that began `before` then.

    Raises:
        SealBroken, KeyNotHeld.
    """
    asked = attempt_of_registration(reading, result.registration_id)
    if asked is None or not granted:
        return Reach()
    paper = papers.paper_for_marking(reading, asked.paper_id)
    faulty = {item.version_id for item in paper.items if item.number in granted}
    recorded = results_of_sitting(reading, result.sitting_id)
    had_it, alike, altered = 0, list[Alike](), list[str]()
    for attempt in attempts_of_sitting(reading, result.sitting_id).values():
        theirs = recorded.get(attempt.registration_id)
        if attempt.id == asked.id or theirs is None or theirs.released_at is None:
            continue
        numbers = _numbers_of(reading, attempt, faulty)
        had_it += bool(numbers)
        if not numbers or (one := _alike(reading, theirs, numbers)) is None:
            continue
        if is_whole(reading, theirs):
            alike.append(one)
        else:
            altered.append(attempt.admission_number)
    elsewhere = sittings.codes_of(
        reading, papers.sittings_with(reading, faulty) - {result.sitting_id}, begun_before=before
    )
    return Reach(had_it, tuple(alike), tuple(sorted(altered)), elsewhere)


def _numbers_of(reading: Reading, attempt: AttemptRow, faulty: set[VersionId]) -> frozenset[int]:
    paper = papers.paper_for_marking(reading, attempt.paper_id)
    return frozenset(item.number for item in paper.items if item.version_id in faulty)


def _alike(reading: Reading, before: ResultRow, numbers: frozenset[int]) -> Alike | None:
    again = marked_again(reading, before, numbers)
    if again.said == (before.score, before.passed, before.cancelled):
        return None
    return Alike(before, numbers | before.corrections.granted, again)


def marked_again(reading: Reading, result: ResultRow, granted: frozenset[int]) -> MarkedAgain:
    """What the evidence behind a result gives by today's method; what was granted before stays granted.

    Raises:
        NotOnThePaper, SealBroken, KeyNotHeld.
    """
    attempt = attempt_of_registration(reading, result.registration_id)
    if result.part is Part.THEORY and attempt is not None:
        try:
            marks = replay(reading, attempt.id, granted=granted | result.corrections.granted)
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
