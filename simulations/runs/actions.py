"""Begin, operate, end. The server stamps each operation; the page sends a number, a name, a few words."""

from uuid import UUID

from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission
from simulations.engine.rules import Given, operation_to_json
from simulations.runs import queries
from simulations.runs.errors import NoSuchRun
from simulations.runs.events import RunBegun, RunScored
from simulations.runs.rules import Run, RunId, mode_of, taken
from simulations.runs.tables import OperationRecord, RunRecord, ScoreRecord
from simulations.scenarios.queries import offered, scenario
from simulations.scenarios.rules import chosen, scored_to_json


@action(needs=Permission.RUN_SIMULATION)
def begin_run(work: Work, *, apparatus: str, seed: int, code: str = "") -> RunId:
    """The signed-in person begins a run; `seed` picks the scenario where none is named, and arranges its scene.

    The mode is that of the face: practice while learning, examination at the exam. Raises NoSuchScenario.
    """
    mode, person_id = mode_of(work.face), work.actor.person_id
    if person_id is None:
        raise NoSuchRun
    code = code or chosen([one.code for one in offered(apparatus, mode)], seed)
    one = scenario(apparatus, mode, code)
    record = RunRecord(
        id=new_id(),
        mode=mode,
        person_id=person_id,
        apparatus=apparatus,
        scenario=one.code,
        scenario_version=one.version,
        digest=one.digest,
        content=dict(one.content),
        seed=seed,
        started_at=work.now,
    )
    work.session.add(record)
    work.announce(
        RunBegun(
            run_id=record.id,
            person_id=person_id,
            mode=mode,
            scenario=one.code,
            scenario_version=one.version,
            digest=one.digest,
        )
    )
    return RunId(record.id)


@action(needs=Permission.RUN_SIMULATION)
def operate(work: Work, run_id: RunId, *, number: int, name: str, given: Given) -> Run:
    """Record one operation of the person's own run and return the run as it is now.

    Sending the same operation again changes nothing, so a page may retry until it is answered. Raises what
    `rules.taken` raises.
    """
    hold(work.session, f"simulations.run:{run_id}")
    run = queries.own_run(work, run_id)
    operation = taken(run, number, name, given, work.now)
    if operation is not None:
        work.session.add(
            OperationRecord(
                run_id=run_id,
                number=operation.number,
                mode=run.mode,
                content=operation_to_json(operation),
                received_at=work.now,
            )
        )
        work.session.flush()
        run = run.followed_by(operation)
    _write_score(work, run)
    return run


@action(needs=Permission.RUN_SIMULATION)
def end_run(work: Work, run_id: RunId) -> bool:
    """Write down the score of the person's own run if its time is up; whether it has ended."""
    hold(work.session, f"simulations.run:{run_id}")
    return _write_score(work, queries.own_run(work, run_id))


@action(needs=Permission.EXAMINE_PRACTICAL)
def close_run(work: Work, run_id: UUID) -> bool:
    """As `end_run`, for the examiner of a practical whose candidate has left the page; whether it has ended."""
    hold(work.session, f"simulations.run:{run_id}")
    return _write_score(work, queries.run_of(work, run_id))


def _write_score(work: Work, run: Run) -> bool:
    if not run.is_over(work.now):
        return False
    if queries.stored_score(work, run.id) is not None:
        return True
    scored = run.scored(work.now)
    work.session.add(
        ScoreRecord(
            run_id=run.id,
            mode=run.mode,
            total=scored.total,
            is_vetoed=bool(scored.vetoes),
            content=scored_to_json(scored),
            scored_at=work.now,
        )
    )
    work.announce(
        RunScored(
            run_id=run.id,
            person_id=run.person_id,
            mode=run.mode,
            scenario=run.scenario,
            operations=len(run.operations),
        )
    )
    return True
