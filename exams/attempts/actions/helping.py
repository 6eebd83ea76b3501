"""What an invigilator changes of an attempt under way. The line of the room record comes by exams/invigilation."""

from uuid import UUID

from exams.attempts import queries
from exams.attempts.errors import AttemptIsOver
from exams.attempts.events import DeskFreed, TimeGiven
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import State
from kernel.because import Because
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.INVIGILATE)
def free_desk(work: Work, *, attempt_id: UUID, seat: int, reason: Because) -> None:
    """The paper leaves its place at once; answers and deadline stay as they are. Raises NoSuchAttempt, NotOnDuty."""
    queries.supervised_record(work, attempt_id).desk_digest = None
    work.session.flush()
    work.announce(DeskFreed(attempt_id=attempt_id, seat=seat, reason=reason))


@action(needs=Permission.INVIGILATE)
def add_time(work: Work, *, attempt_id: UUID, minutes: int, reason: Because) -> AttemptRow:
    """Time on top of the paper's; the attempt with its new deadline.

    Raises:
        NoSuchAttempt, NotOnDuty, AttemptIsOver, TimeIsUp, MinutesOutOfRange
    """
    record = queries.supervised_record(work, attempt_id)
    if record.state is not State.OPEN:
        raise AttemptIsOver
    given = queries.as_rule(record).give_time(minutes, work.now)
    record.extra_minutes += minutes
    record.deadline = given.deadline
    work.session.flush()
    work.announce(TimeGiven(attempt_id=attempt_id, minutes=minutes, reason=reason))
    return queries.as_row(record)
