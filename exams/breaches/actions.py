"""Every write about breaches. What follows for attempt and room record, exams/invigilation does in the same work."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.breaches import queries
from exams.breaches.errors import TooLateForBreach
from exams.breaches.events import BreachDecided, BreachProposed
from exams.breaches.rules import Breach, Decision
from exams.breaches.tables import BreachRecord
from exams.sittings import queries as sittings
from exams.sittings.rules import State
from kernel.because import Because
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission

IN_THE_ROOM = (State.DRAWN, State.OPEN)  # from the first check-in to the closing


@action(needs=Permission.INVIGILATE)
def record_breach(work: Work, *, sitting_id: UUID, registration_id: UUID, reason: Because) -> bool:
    """One invigilator finds a breach; whether it is a new one. While one stands, another adds nothing.

    Raises:
        NoSuchSitting, NotOnDuty, TooLateForBreach
    """
    _require_room(work, sitting_id)
    queries.hold_breaches(work, registration_id)
    added = work.session.execute(
        insert(BreachRecord)
        .values(
            id=new_id(),
            sitting_id=sitting_id,
            registration_id=registration_id,
            reason=reason,
            proposed_by=work.actor.person_id,
            proposed_at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(BreachRecord.id)
    ).first()
    if added is None:
        return False
    work.announce(BreachProposed(registration_id=registration_id, sitting_id=sitting_id, reason=reason))
    return True


@action(needs=Permission.INVIGILATE)
def uphold_breach(work: Work, *, sitting_id: UUID, registration_id: UUID) -> Breach:
    """Another invigilator confirms; from now on every result of this candidate in this sitting is cancelled.

    Raises:
        NoSuchSitting, NotOnDuty, TooLateForBreach, NoBreachToDecide, SecondInvigilatorNeeded
    """
    _require_room(work, sitting_id)
    record = queries.undecided_record(work, registration_id)
    queries.as_rule(record).require_confirmable(work.actor.person_id)
    return _decide(work, record, Decision.CONFIRMED)


@action(needs=Permission.INVIGILATE)
def drop_breach(work: Work, *, sitting_id: UUID, registration_id: UUID, because: Because) -> Breach:
    """Either of the two finds that it was none, and says why.

    Raises:
        NoSuchSitting, NotOnDuty, TooLateForBreach, NoBreachToDecide
    """
    _require_room(work, sitting_id)
    record = queries.undecided_record(work, registration_id)
    return _decide(work, record, Decision.DISMISSED, because)


def _require_room(work: Work, sitting_id: UUID) -> None:
    sittings.require_on_duty(work, sitting_id)
    if sittings.sitting_times(work, sitting_id).state not in IN_THE_ROOM:
        raise TooLateForBreach


def _decide(work: Work, record: BreachRecord, decision: Decision, because: Because | None = None) -> Breach:
    record.decision, record.decided_by, record.decided_at = decision, work.actor.person_id, work.now
    record.decided_because = because
    work.session.flush()
    work.announce(
        BreachDecided(
            registration_id=record.registration_id,
            sitting_id=record.sitting_id,
            decision=decision.value,
            reason=because or record.reason,
        )
    )
    return queries.as_rule(record)
