"""The worker's side of announced facts: take a delivery, run its reaction, mark it done, in one transaction."""

from datetime import timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kernel.actor import platform
from kernel.events import Periodic, Reaction, from_json
from kernel.faces import Face
from kernel.tables import DeliveryRecord
from kernel.work import Workplace

log = structlog.get_logger()

RETRY_AFTER = (timedelta(seconds=2), timedelta(seconds=15), timedelta(minutes=2), timedelta(minutes=15))


def deliver_due(workplace: Workplace, face: Face) -> int:
    """Run every due delivery of `face`; how many were run. A failed one waits and is tried again, for ever."""
    run = 0
    while _deliver_one(workplace, face):
        run += 1
    return run


def _deliver_one(workplace: Workplace, face: Face) -> bool:
    reactions = {reaction.name: reaction for reaction in workplace.wiring.reactions if reaction.face is face}
    delivery_id = None
    try:
        with workplace.transaction(platform("delivery"), face) as work:
            due = (
                select(DeliveryRecord)
                .where(
                    DeliveryRecord.role == face.role,
                    DeliveryRecord.done_at.is_(None),
                    DeliveryRecord.run_after <= work.now,
                    DeliveryRecord.reaction.in_(list(reactions)),
                )
                .order_by(DeliveryRecord.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            delivery = work.session.scalars(due).first()
            if delivery is None:
                return False
            delivery_id = delivery.id
            reaction: Reaction = reactions[delivery.reaction]
            reaction.run(work, from_json(reaction.event, delivery.facts))
            delivery.done_at = work.now
    except Exception as problem:
        log.exception("delivery failed", delivery=str(delivery_id), face=face.value)
        if delivery_id is None:
            return False
        with Session(workplace.engines.of(face)) as session:
            tries = session.scalar(select(DeliveryRecord.tries).where(DeliveryRecord.id == delivery_id)) or 0
            session.execute(
                update(DeliveryRecord)
                .where(DeliveryRecord.id == delivery_id)
                .values(
                    tries=tries + 1,
                    last_error=str(problem)[:1_000],
                    run_after=workplace.clock.now() + RETRY_AFTER[min(tries, len(RETRY_AFTER) - 1)],
                )
            )
            session.commit()
    return True


def run_periodic(workplace: Workplace, periodic: Periodic) -> None:
    """Do a periodic deed, unless another process is doing it at this moment."""
    with workplace.transaction(platform(periodic.name), periodic.face) as work:
        if work.session.scalar(select(func.pg_try_advisory_xact_lock(func.hashtext(periodic.name)))):
            periodic.run(work)
