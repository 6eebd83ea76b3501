"""The worker's side of announced facts: take a delivery, run its reaction, mark it done, in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from kernel.actor import platform
from kernel.errors import Problem
from kernel.events import Errand, Periodic, Reaction, from_json
from kernel.faces import Face
from kernel.locks import try_to_hold
from kernel.tables import DeliveryRecord
from kernel.work import Work, Workplace

log = structlog.get_logger()

RETRY_AFTER = (timedelta(seconds=2), timedelta(seconds=15), timedelta(minutes=2), timedelta(minutes=15))


class WorkWasUndone(Exception):
    """A reaction caught the refusal of an action and went on. Its work is gone, so it has failed like any other."""


def deliver_due(workplace: Workplace, face: Face, keep_going: Callable[[], bool] = lambda: True) -> int:
    """Run the due deliveries of `face` while `keep_going`; how many were run. A failed one waits and is tried again."""
    run = 0
    while keep_going() and _deliver_one(workplace, face):
        run += 1
    return run


def _deliver_one(workplace: Workplace, face: Face) -> bool:
    reactions = {reaction.name: reaction for reaction in workplace.wiring.reactions if reaction.face is face}
    if not reactions:
        return False
    delivery_id = None
    try:
        with workplace.transaction(platform("delivery"), face) as work:
            delivery = _due(work, reactions)
            if delivery is None:
                return False
            delivery_id = delivery.id
            reaction = reactions[delivery.reaction]
            reaction.run(work, from_json(reaction.event, delivery.facts, delivery.format))
            if work.is_undone:
                raise WorkWasUndone  # noqa: TRY301 - it is recorded like every other failure
            delivery.done_at = work.now
    except Exception as problem:
        if delivery_id is None:  # nothing was taken yet: it is no fault of a delivery's
            raise
        log.exception("delivery failed", delivery=str(delivery_id), face=face.value)
        _try_again_later(workplace, face, delivery_id, problem)
    return True


def described(problem: Exception) -> str:
    """What is kept of a failure. One that cannot describe itself must still be put off, or it is tried for ever."""
    try:
        return f"{type(problem).__name__}: {problem}".replace("\0", "")[:1_000]
    except Exception:  # noqa: BLE001 - whatever it is
        return type(problem).__name__


def _cause(problem: Exception) -> str:
    """The kind of failure, which other faces may read: a sentence with its places left empty, or an error's name."""
    return problem.sentence if isinstance(problem, Problem) else type(problem).__name__


def _due(work: Work, reactions: dict[str, Reaction]) -> DeliveryRecord | None:
    # A face may only announce facts of its own side (a policy of the table says so), and a delivery counts only where
    # fact and reaction belong together: teaching cannot address an invented result to the certificate office.
    wired = [(reaction.name, reaction.event.NAME) for reaction in reactions.values()]
    return work.session.scalars(
        select(DeliveryRecord)
        .where(
            DeliveryRecord.role == work.face.role,
            DeliveryRecord.done_at.is_(None),
            DeliveryRecord.run_after <= work.now,
            tuple_(DeliveryRecord.reaction, DeliveryRecord.event).in_(wired),
        )
        .order_by(DeliveryRecord.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def _try_again_later(workplace: Workplace, face: Face, delivery_id: UUID, problem: Exception) -> None:
    with Session(workplace.engines.of(face)) as session:
        tries = session.scalar(select(DeliveryRecord.tries).where(DeliveryRecord.id == delivery_id)) or 0
        session.execute(
            update(DeliveryRecord)
            .where(DeliveryRecord.id == delivery_id)
            .values(
                tries=tries + 1,
                last_error=described(problem),
                cause=_cause(problem),
                run_after=workplace.clock.now() + RETRY_AFTER[min(tries, len(RETRY_AFTER) - 1)],
            )
        )
        session.commit()


def run_periodic(workplace: Workplace, periodic: Periodic | Errand) -> None:
    """Do a periodic deed, unless another process is doing it at this moment; or run an errand."""
    if isinstance(periodic, Errand):
        periodic.run(workplace)
        return
    with workplace.transaction(platform(periodic.name), periodic.face) as work:
        if try_to_hold(work.session, f"kernel.periodic:{periodic.name}"):
            periodic.run(work)
