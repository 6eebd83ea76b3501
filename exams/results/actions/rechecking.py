"""Asking to have a result looked at again, and the office's answer."""

from uuid import UUID

from exams.results import queries
from exams.results.errors import RecheckAnswered, RecheckAskedAlready
from exams.results.events import RecheckAsked, RecheckWasAnswered
from exams.results.rules import require_answer, require_recheck
from exams.results.tables import RecheckAnswerRecord, RecheckRecord
from exams.standards import queries as standards
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.OWN_RESULTS)
def ask_recheck(work: Work, *, result_id: UUID, reason: str) -> None:
    """The candidate asks to have a released result looked at again.

    Raises:
        NoSuchResult, RecheckAskedAlready, RecheckTooLate, ReasonMissing.
    """
    result = queries.own_result(work, result_id)
    assert result.released_at is not None
    if result.recheck is not None:
        raise RecheckAskedAlready
    said = require_recheck(
        released_on=shanghai_date(result.released_at),
        today=shanghai_date(work.now),
        days=standards.deadlines()["recheck_within_days"].value,
        reason=reason,
    )
    first = queries.first_result(work, result.registration_id)  # one request, whatever was revised before it
    assert first is not None
    record = RecheckRecord(id=new_id(), result_id=first.id, reason=said, asked_at=work.now)
    work.session.add(record)
    work.session.flush()
    work.announce(RecheckAsked(recheck_id=record.id, result_id=result.id))


@action(needs=Permission.ANSWER_RECHECKS)
def answer_recheck(work: Work, *, recheck_id: UUID, note: str) -> None:
    """The office says what it found. Raises NoSuchResult, RecheckAnswered, AnswerMissing."""
    record = queries.recheck_record(work, recheck_id)
    if queries.is_answered(work, recheck_id):
        raise RecheckAnswered
    work.session.add(
        RecheckAnswerRecord(
            recheck_id=record.id,
            note=require_answer(note),
            answered_at=work.now,
            answered_by=work.actor.person_id,
        )
    )
    work.session.flush()
    work.announce(RecheckWasAnswered(recheck_id=record.id, result_id=record.result_id))
