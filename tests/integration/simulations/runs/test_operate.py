"""A run is evidence: stamped by the server, only added to, replayed to the same score, and kept apart by mode."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import DatabaseError

from kernel.actor import Actor
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.ids import new_id
from people.access.rules import permissions_of
from simulations.engine.errors import OperationUnreadable
from simulations.runs import actions, queries
from simulations.runs.errors import NoSuchRun, NotSimulatedHere, PageIsBehind, RunIsOver
from simulations.runs.rules import MODES, Mode
from simulations.runs.tables import OperationRecord, RunRecord, ScoreRecord
from simulations.scenarios.errors import NoSuchScenario
from simulations.scenarios.rules import scored_to_json


def worker(name="Zhang"):
    return Actor(name=name, account_id=new_id(), person_id=new_id(), permissions=permissions_of(["worker"]))


@pytest.fixture(params=[Face.LEARNING, Face.EXAMINATION])
def run(request, work_as):
    """Zhang at a run of the burning oil pan, on either face; the clock moves only when the test says so."""
    work = work_as(worker(), request.param)
    return work, actions.begin_run(work, apparatus="extinguisher", seed=11, code="oil_pan")


def do(work, run_id, *deeds: tuple[str, Any], wait_ms=900):
    """Each deed after `wait_ms` of the server's clock."""
    for name, content in deeds:
        work.now += timedelta(milliseconds=wait_ms)
        number = len(queries.own_run(work, run_id).operations) + 1
        actions.operate(work, run_id, number=number, name=name, given=content)


def done_well(work, run_id):
    run = queries.own_run(work, run_id)
    scene = run.scene
    code = next(one.code for one in scene.rack if one.agent == "foam" and one.defect == "none")
    do(work, run_id, ("look", {}), ("raise_alarm", {}), ("pick", {"extinguisher": code}))
    do(
        work,
        run_id,
        *[("inspect", {"extinguisher": code, "part": part}) for part in ("charge", "seal", "date", "hose")],
    )
    do(work, run_id, ("walk", {"bearing": "upwind", "distance_m": 4}), ("pull_pin", {}), ("hold_hose", {}))
    do(work, run_id, ("aim", {"at": "base"}), ("squeeze", {}), *[("sweep", {})] * 9, ("release", {}), ("watch", {}))
    do(work, run_id, ("report", {}), wait_ms=4_000)


def test_the_server_stamps_the_time_and_the_page_cannot(run):
    work, run_id = run
    do(work, run_id, ("look", {}), ("raise_alarm", {}), wait_ms=1_250)
    assert [one.at_ms for one in queries.own_run(work, run_id).operations] == [1_250, 2_500]


def test_a_clock_set_back_adds_no_time_and_loses_no_operation(run):
    work, run_id = run
    do(work, run_id, ("look", {}), wait_ms=2_000)
    work.now -= timedelta(seconds=30)
    do(work, run_id, ("raise_alarm", {}), wait_ms=0)
    assert [one.at_ms for one in queries.own_run(work, run_id).operations] == [2_000, 2_000]


def test_sending_an_operation_again_changes_nothing(run):
    work, run_id = run
    do(work, run_id, ("look", {}))
    work.now += timedelta(seconds=3)
    actions.operate(work, run_id, number=1, name="look", given={})
    assert len(queries.own_run(work, run_id).operations) == 1


@pytest.mark.parametrize(("number", "name"), [(1, "raise_alarm"), (3, "raise_alarm"), (0, "look"), (-1, "look")])
def test_a_second_tab_is_noticed(run, number, name):
    work, run_id = run
    do(work, run_id, ("look", {}))
    with pytest.raises(PageIsBehind):
        actions.operate(work, run_id, number=number, name=name, given={})


def test_what_the_scene_does_not_know_is_refused(run):
    work, run_id = run
    with pytest.raises(OperationUnreadable):
        actions.operate(work, run_id, number=1, name="pick", given={"extinguisher": "mine"})


def test_the_stored_score_is_what_a_replay_gives(run):
    work, run_id = run
    done_well(work, run_id)
    stored = queries.stored_score(work, run_id)
    assert stored
    again = queries.own_run(work, run_id).scored(work.now + timedelta(days=400))
    assert stored.total == again.total == 100
    assert stored.content == scored_to_json(again)
    assert work.announced[-1].NAME == "simulations.run_scored"


def test_nothing_is_recorded_after_the_end(run):
    work, run_id = run
    done_well(work, run_id)
    with pytest.raises(RunIsOver):
        actions.operate(work, run_id, number=len(queries.own_run(work, run_id).operations) + 1, name="look", given={})


def test_a_run_left_alone_ends_by_itself_and_is_scored_once(run):
    work, run_id = run
    assert not actions.end_run(work, run_id)
    work.now += timedelta(minutes=10)
    assert actions.end_run(work, run_id)
    assert actions.end_run(work, run_id)
    assert work.session.scalar(select(func.count()).where(ScoreRecord.run_id == run_id)) == 1
    assert work.session.scalar(select(ScoreRecord.total).where(ScoreRecord.run_id == run_id)) == 0


def test_the_run_keeps_the_scenario_as_it_was(run):
    work, run_id = run
    record = work.session.get(RunRecord, run_id)
    work.session.expire(record)
    assert queries.own_run(work, run_id).content["scene"]["code"] == "oil_pan"
    assert record.mode == MODES[work.face]


# Who may not


def test_another_person_does_not_find_the_run(run):
    work, run_id = run
    work.actor = worker("Li")
    with pytest.raises(NoSuchRun):
        queries.own_run(work, run_id)
    with pytest.raises(NoSuchRun):
        actions.operate(work, run_id, number=1, name="look", given={})


def test_who_may_not_practise_begins_nothing(work_as):
    clerk = Actor(name="clerk", account_id=new_id(), person_id=new_id())
    with pytest.raises(Forbidden):
        actions.begin_run(work_as(clerk, Face.LEARNING), apparatus="extinguisher", seed=1)


def test_a_scenario_that_is_not_offered_is_not_found(work_as):
    with pytest.raises(NoSuchScenario):
        actions.begin_run(work_as(worker(), Face.LEARNING), apparatus="extinguisher", seed=1, code="volcano")


def test_the_registry_runs_no_simulations(work_as):
    with pytest.raises(NotSimulatedHere):
        actions.begin_run(work_as(worker(), Face.REGISTRY), apparatus="extinguisher", seed=1)


# The wall, in PostgreSQL itself


@pytest.fixture
def examined(workplace):
    """An examination run that is really committed, so that another role could see it if it were let."""
    with workplace.transaction(worker(), Face.EXAMINATION) as work:
        run_id = actions.begin_run(work, apparatus="extinguisher", seed=3, code="pallets")
        actions.operate(work, run_id, number=1, name="look", given={})
        return queries.own_run(work, run_id)


def test_teaching_sees_no_examination_run_and_no_operation_of_one(examined, workplace):
    with (
        workplace.engines.of(Face.LEARNING).connect() as teaching,
        workplace.engines.of(Face.EXAMINATION).connect() as exam,
    ):
        for table, key in (("runs", "id"), ("operations", "run_id")):
            count = text(f"SELECT count(*) FROM simulations.{table} WHERE {key} = :id")
            assert teaching.scalar(count, {"id": examined.id}) == 0
            assert exam.scalar(count, {"id": examined.id}) == 1


def test_teaching_cannot_write_into_examinations(examined, work_as):
    work = work_as(worker(), Face.LEARNING)
    row = OperationRecord(run_id=examined.id, number=2, mode=Mode.EXAMINATION, content={}, received_at=work.now)
    work.session.add(row)
    with pytest.raises(DatabaseError, match="row-level security"):
        work.session.flush()


def test_an_examination_run_cannot_be_passed_off_as_practice(examined, work_as):
    work = work_as(worker(), Face.LEARNING)
    row = OperationRecord(run_id=examined.id, number=2, mode=Mode.PRACTICE, content={}, received_at=work.now)
    work.session.add(row)
    with pytest.raises(DatabaseError, match="foreign key"):
        work.session.flush()


@pytest.mark.parametrize("change", ["UPDATE simulations.operations SET number = 9", "DELETE FROM simulations.runs"])
def test_not_even_the_owner_changes_what_was_recorded(examined, machine, change):
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner, pytest.raises(DatabaseError, match="history"):
        owner.execute(text(change))
    engine.dispose()


def test_the_examination_role_may_add_but_not_change(examined, workplace):
    with (
        workplace.engines.of(Face.EXAMINATION).connect() as exam,
        pytest.raises(DatabaseError, match="permission denied"),
    ):
        exam.execute(text("UPDATE simulations.scores SET total = 100"))
