"""After the sitting: draw every practical again, replay every simulation, and say what differs."""

from dataclasses import dataclass
from uuid import UUID

from exams.practicals import queries
from exams.practicals.errors import NoSuchPractical, SecretsNotTold
from exams.practicals.events import PracticalsVerified
from exams.practicals.rules import ItemPool
from exams.practicals.rules.verification import (
    Announced,
    RecordedPractical,
    Simulated,
    announced_differences,
    draw_differences,
)
from exams.practicals.tables import PracticalDrawRecord, PracticalRecord
from exams.verification.rules import Difference
from kernel.errors import Problem
from kernel.work import Reading, Work, action
from people.access.rules import Permission
from simulations.runs import queries as runs


@dataclass(frozen=True, slots=True)
class Verification:
    """How many practicals were drawn again, and every difference found."""

    practicals: int
    differences: tuple[Difference, ...]


@action(needs=Permission.VERIFY_PAPERS)
def verify_practicals(work: Work, sitting_id: UUID, *, announced: Announced | None = None) -> Verification:
    """Draw every practical of a sitting again and compare.

    Args:
        work: on the examination face.
        sitting_id: a practical sitting in which every drawn practical is over, which tells its secret.
        announced: what the audit says about this sitting, where it can be read.

    Raises:
        NoSuchPractical: nothing was opened. SecretsNotTold: somebody is still at it.
    """
    found = queries.drawn_in(work, sitting_id)
    told = [(practical, draw, secret) for practical, draw, secret in found if secret is not None]
    if not found and not (announced and announced.draws) and not queries.is_held(work, sitting_id):
        raise NoSuchPractical
    if len(told) < len(found):
        raise SecretsNotTold(count=len(found) - len(told))
    recorded = [_recorded(work, practical, draw, secret) for practical, draw, secret in told]
    differences = [] if announced is None else list(announced_differences(announced, recorded))
    for one in recorded:
        standard = queries.standard_of(one.pool.qualification, one.pool.version)
        differences += draw_differences(one, None if standard is None else ItemPool.of(standard))
    work.announce(PracticalsVerified(sitting_id=sitting_id, practicals=len(recorded), differences=len(differences)))
    return Verification(len(recorded), tuple(differences))


def _recorded(
    reading: Reading, practical: PracticalRecord, draw: PracticalDrawRecord, secret: str
) -> RecordedPractical:
    return RecordedPractical(
        id=practical.id,
        admission_number=practical.admission_number,
        commitment=practical.commitment,
        opened_at=practical.opened_at,
        method=draw.method,
        pool=ItemPool.from_json(draw.pool),
        pool_digest=draw.pool_digest,
        items=queries.drawn_items(reading, practical.id),
        items_digest=draw.items_digest,
        drawn_at=draw.drawn_at,
        secret=bytes.fromhex(secret),
        runs={
            subject: _simulated(reading, practical.id, run_id)
            for subject, run_id in queries.runs_in(reading, practical.id).items()
        },
    )


def _simulated(reading: Reading, practical_id: UUID, run_id: UUID) -> Simulated:
    try:
        seed = runs.run_of(reading, run_id).seed
        if runs.stored_score(reading, run_id) is None and queries.is_ended(reading, practical_id):
            return Simulated(seed, is_score_repeated=True)  # left alone: the practical was ended without its score
        return Simulated(seed, runs.is_score_repeated(reading, run_id))
    except Problem:  # gone, or no longer readable
        return Simulated(None, is_score_repeated=False)
