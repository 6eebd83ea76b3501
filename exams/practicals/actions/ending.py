"""A practical that cannot come to its last signature is ended by the exam office, so that it holds nobody else up."""

from uuid import UUID

from exams.practicals import queries
from exams.practicals.actions.arranging import lock, secret_of
from exams.practicals.actions.concluding import conclude, is_struck
from exams.practicals.errors import SimulationStillRuns
from exams.practicals.events import PracticalEnded
from exams.practicals.queries import DrawnState, Practical
from exams.practicals.rules import (
    Ending,
    Signer,
    require_candidates_fault,
    require_ending_reason,
    require_going_on,
    require_uninvolved,
)
from exams.practicals.tables import PracticalEndingRecord
from exams.registrations import actions as registering
from kernel.work import Work, action
from people.access.rules import Permission
from simulations.runs import queries as runs


@action(needs=Permission.ARRANGE_PRACTICAL)
def end_practical(work: Work, practical_id: UUID, *, ending: Ending, reason: str) -> None:
    """End a practical that is not complete, and say why: the candidate gave up, or it is void by no fault of theirs.

    Given up: what all three have signed stands, the rest is zero; the result follows as a reaction. Voided: no result,
    no attempt used, the candidate waits for a seat again. The sitting can then be closed and released.

    Raises:
        NoSuchPractical, NotForThoseInvolved, PracticalIsOver, ReasonMissing, SimulationStillRuns,
        ExaminersOweSignatures.
    """
    lock(work, practical_id)
    practical = queries.practical(work, practical_id)
    require_uninvolved(work.actor.person_id, {practical.person_id, *practical.examined_by})
    require_going_on(is_over=practical.is_over)
    said = require_ending_reason(reason)
    require_candidates_fault(ending, _owed(practical))
    _require_still(work, practical)
    assert work.actor.person_id is not None
    secret = secret_of(work, practical_id).hex()
    work.session.add(
        PracticalEndingRecord(
            practical_id=practical_id,
            ending=ending,
            reason=said,
            ended_by=work.actor.person_id,
            ended_by_name=work.actor.name,
            secret=secret,
            ended_at=work.now,
        )
    )
    if ending is Ending.GIVEN_UP:
        conclude(work, practical)
    else:
        registering.void_registration(work, registration_id=practical.registration_id)
    work.session.flush()
    work.announce(
        PracticalEnded(
            practical_id=practical_id,
            sitting_id=practical.sitting_id,
            registration_id=practical.registration_id,
            person_id=practical.person_id,
            ending=ending.value,
            reason=said,
            signed=tuple(state.item.code for state in practical.items.values() if state.is_signed),
            struck=tuple(state.item.code for state in practical.items.values() if is_struck(work, state)),
            secret=secret,
        )
    )


def _owed(practical: Practical) -> list[str]:
    """Items that the candidate has seen and signed, and an examiner has not."""
    return [state.item.code for state in practical.items.values() if _is_owed(state)]


def _is_owed(state: DrawnState) -> bool:
    own = state.signatures.get(Signer.CANDIDATE)
    return own is not None and not own.is_refusal and not state.is_signed


def _require_still(work: Work, practical: Practical) -> None:
    """Nobody is taken from a burning simulation: its time is a few minutes. Raises SimulationStillRuns."""
    for state in practical.items.values():
        if state.run_id is not None and not runs.run_of(work, state.run_id).is_over(work.now):
            raise SimulationStillRuns(item=state.item.code)
