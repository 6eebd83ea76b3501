"""While the candidate works: the simulated item begins, and each examiner fills a sheet of their own."""

from uuid import UUID

from exams.practicals import queries
from exams.practicals.actions.arranging import lock
from exams.practicals.errors import ItemIsSimulated, NotSimulated, SheetHasMoved, SheetIsSigned
from exams.practicals.events import ItemBegun, SheetStepped
from exams.practicals.rules import Deed, Step, apply, require_going_on
from exams.practicals.tables import PracticalRunRecord, PracticalStepRecord
from kernel.work import Work, action
from people.access.rules import Permission
from simulations.runs import actions as runs

# Single deductions are kept as steps; these are told to the audit as well.
AUDITED = frozenset({Deed.COMPLETE, Deed.REOPEN, Deed.VETO, Deed.LIFT_VETO})


@action(needs=Permission.OWN_PRACTICAL)
def begin_simulation(work: Work, practical_id: UUID, subject: str) -> UUID:
    """The candidate begins the simulated item, or goes back to its run. Raises NotSimulated, PracticalIsOver."""
    lock(work, practical_id)
    practical = queries.own_practical(work, practical_id)
    require_going_on(is_over=practical.is_over)
    state = practical.state_of(subject)
    if state.run_id is not None:
        return state.run_id
    if state.drawn.scene_seed is None:
        raise NotSimulated
    run_id = runs.begin_run(work, apparatus=state.item.apparatus, seed=state.drawn.scene_seed)
    work.session.add(PracticalRunRecord(practical_id=practical_id, subject=subject, run_id=run_id, begun_at=work.now))
    work.announce(ItemBegun(practical_id=practical_id, item=state.item.code, run_id=run_id))
    return run_id


@action(needs=Permission.EXAMINE_PRACTICAL)
def step_sheet(work: Work, practical_id: UUID, subject: str, *, step_id: UUID, seen: int, step: Step) -> None:
    """One step on the examiner's own sheet. `seen` is how many steps the page showed; `step_id` comes with the form.

    The same step sent twice is one step. Raises SheetHasMoved for a stale page, PracticalIsOver, SheetIsSigned,
    ItemIsSimulated, and what `rules.apply` raises.
    """
    lock(work, practical_id)
    practical, place = queries.examined_practical(work, practical_id)
    state = practical.state_of(subject)
    if work.session.get(PracticalStepRecord, step_id) is not None:
        return
    require_going_on(is_over=practical.ended is not None)
    if state.is_simulated:
        raise ItemIsSimulated
    if state.signatures:
        raise SheetIsSigned
    sheet = state.sheets[place]
    if seen != sheet.steps:
        raise SheetHasMoved
    changed = apply(sheet, step)
    assert work.actor.person_id is not None
    work.session.add(
        PracticalStepRecord(
            id=step_id,
            practical_id=practical_id,
            subject=subject,
            place=place,
            number=changed.steps,
            content=step.as_json(),
            examiner_id=work.actor.person_id,
            at=work.now,
        )
    )
    work.session.flush()
    if step.deed in AUDITED:
        work.announce(
            SheetStepped(
                practical_id=practical_id,
                item=state.item.code,
                place=place,
                examiner_id=work.actor.person_id,
                deed=step.deed,
                veto=step.deduction,
                reason=step.reason,
            )
        )
