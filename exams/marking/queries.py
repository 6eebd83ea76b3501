"""What was marked, and the same again from its evidence."""

from decimal import Decimal
from uuid import UUID

from exams.arrivals import queries as arrivals
from exams.attempts import queries as attempts
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import State, answers
from exams.breaches import queries as breaches
from exams.marking.rules import NOTHING, Worth, worth
from exams.marking.tables import MarksRecord
from exams.papers import queries as papers
from exams.results.queries import result_of_registration
from exams.scoring.rules import METHOD, Marks, mark
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from kernel import sealed
from kernel.keys import PAPERS
from kernel.work import Reading

MARKS = "marks"  # what is sealed of an attempt


def kept_marks(reading: Reading, attempt_id: UUID) -> bytes | None:
    """What the attempt's questions earned when it was marked, None before. Raises SealBroken, KeyNotHeld."""
    if reading.session.get(MarksRecord, attempt_id) is None:
        return None
    return sealed.opened(reading, PAPERS, MARKS, attempt_id)


def replay(reading: Reading, attempt_id: UUID, *, method: int = METHOD, granted: frozenset[int] = frozenset()) -> Marks:
    """What the kept steps of an attempt are worth on its paper: the same every time.

    `granted`: questions that a re-check has made good. Raises NoSuchAttempt, AnswerOutsidePaper.
    """
    attempt = attempts.begun_attempt(reading, attempt_id)
    paper = papers.paper_for_marking(reading, attempt.paper_id)
    given = answers(attempts.steps(reading, attempt.id))
    return mark(paper, papers.asked(reading, paper), given, method=method, granted=granted)


def worth_of(reading: Reading, attempt: AttemptRow, marks: Marks, pass_mark: Decimal) -> Worth:
    """What an attempt that is over comes to, a breach considered."""
    is_cancelled = attempt.state is State.ENDED or breaches.is_sent_out(reading, attempt.registration_id)
    return worth(marks.given, pass_mark, is_cancelled=is_cancelled)


def result_again(
    reading: Reading, sitting: SittingRow, registration_id: UUID, attempt: AttemptRow | None
) -> Worth | None:
    """The result that a theory registration should have, from its evidence alone; None where none is due (yet).

    Raises:
        NoSuchAttempt, SealBroken, KeyNotHeld
    """
    if sitting.state not in {SittingState.CLOSED, SittingState.RELEASED, SittingState.ANNULLED}:
        return None
    if attempt is not None:
        known = result_of_registration(reading, registration_id)
        method, granted = (known.method, known.corrections.granted) if known else (METHOD, frozenset[int]())
        marks = replay(reading, attempt.id, method=method, granted=granted)
        return worth_of(reading, attempt, marks, sitting.pass_mark)
    if arrivals.check_in_of(reading, registration_id) is None:
        return None
    return Worth(NOTHING, passed=False, cancelled=breaches.is_sent_out(reading, registration_id))
