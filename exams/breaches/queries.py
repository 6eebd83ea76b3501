"""Breaches that stand: those not decided yet and those confirmed. What was dismissed is in the room record only."""

from uuid import UUID

from sqlalchemy import select

from exams.breaches.errors import EndedForBreach, NoBreachToDecide
from exams.breaches.rules import Breach, Decision
from exams.breaches.tables import BreachRecord
from kernel.locks import hold
from kernel.work import Reading

STANDS = BreachRecord.decision.is_distinct_from(Decision.DISMISSED)


def breaches_in(reading: Reading, sitting_id: UUID) -> dict[UUID, Breach]:
    """The breaches that stand in a sitting, by registration."""
    rows = reading.session.scalars(select(BreachRecord).where(BreachRecord.sitting_id == sitting_id, STANDS))
    return {row.registration_id: as_rule(row) for row in rows}


def breach_of(reading: Reading, registration_id: UUID) -> Breach | None:
    """The breach that stands against one candidate, if any."""
    row = reading.session.scalars(
        select(BreachRecord).where(BreachRecord.registration_id == registration_id, STANDS)
    ).first()
    return None if row is None else as_rule(row)


def require_not_ended(reading: Reading, registration_id: UUID) -> None:
    """Raises EndedForBreach for a candidate whose exam two invigilators have ended."""
    if is_sent_out(reading, registration_id):
        raise EndedForBreach


def is_sent_out(reading: Reading, registration_id: UUID) -> bool:
    """Whether two invigilators have ended this candidate's exam."""
    breach = breach_of(reading, registration_id)
    return breach is not None and breach.is_confirmed


def undecided_record(reading: Reading, registration_id: UUID) -> BreachRecord:
    """The row that waits for a decision, for this room's own actions. Raises NoBreachToDecide."""
    row = reading.session.scalars(
        select(BreachRecord)
        .where(BreachRecord.registration_id == registration_id, BreachRecord.decision.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NoBreachToDecide
    return row


def hold_breaches(reading: Reading, registration_id: UUID) -> None:
    """Let nobody find a breach with a candidate while the result is written down, nor the other way round."""
    hold(reading.session, f"exams.breaches:{registration_id}")


def as_rule(row: BreachRecord) -> Breach:
    """The row as the rules know it."""
    return Breach(row.registration_id, row.reason, row.proposed_by, row.decision)
