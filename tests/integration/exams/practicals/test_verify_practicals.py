"""A practical sitting is over: its draws are repeated from the told secrets, and whoever tampered is found out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb
from typer.testing import CliRunner

from exams.papers.rules import commitment
from exams.practicals import actions, queries
from exams.practicals.errors import SecretsNotTold
from exams.practicals.rules import Deed, ItemPool, Step, draw, items_digest, practical_seed
from exams.practicals.rules.verification import Reason
from exams.results.actions import release_results
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.audit import seal
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Workplace
from people.access.rules import Role
from simulations.runs import actions as runs
from tests.integration.exams.conftest import ExamOffice
from web.commands import papers as command

COMPLETE = Step(Deed.COMPLETE)


class Over:
    """A practical sitting of one candidate, done by everybody whose part it is; every deed is committed."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.zhang: Actor = office.trained()
        office.do(release_results, office.closed(self.zhang))
        self.sitting_id: UUID = office.opened(self.zhang, part=Part.PRACTICAL)
        office.do(actions.open_practicals, self.sitting_id)
        office.now += timedelta(seconds=1)
        self.id: UUID = self.practical.id

    @property
    def practical(self) -> queries.Practical:
        found: list[queries.Practical] = self.office.look(queries.own_practicals, actor=self.zhang)
        return found[0]

    def draw(self) -> None:
        self.office.do(actions.draw_items, self.id)

    def finish(self) -> None:
        for subject, state in self.practical.items.items():
            if state.is_simulated:
                run_id = self.office.do(actions.begin_simulation, self.id, subject, actor=self.zhang)
                self.office.do(runs.operate, run_id, number=1, name="look", given={}, actor=self.zhang)
                self.office.now += timedelta(minutes=10)
                self.office.do(runs.end_run, run_id, actor=self.zhang)
            for examiner in () if state.is_simulated else self.office.examiners:
                given: dict[str, Any] = {"step_id": new_id(), "seen": 0, "step": COMPLETE}
                self.office.do(actions.step_sheet, self.id, subject, actor=examiner, **given)
            self.office.do(actions.sign_as_candidate, self.id, subject, actor=self.zhang)
            for examiner in self.office.examiners:
                self.office.do(actions.sign_as_examiner, self.id, subject, actor=examiner)

    def seal(self) -> None:
        with self.office.workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
            seal(work.session, work.keys.signing, work.now)

    def verify(self, *, with_audit: bool = True) -> list[Reason]:
        outcome = command.verified(self.office.workplace, self.sitting_id, with_audit=with_audit)
        assert (outcome.what, outcome.count) == ("practicals", 1)
        assert all(it.admission_number == self.practical.admission_number for it in outcome.differences)
        return [Reason(it.reason) for it in outcome.differences]


@pytest.fixture
def drawn(workplace: Workplace, low_voltage_bank: None) -> Over:
    """Until the fire extinguisher comes up: a run is part of what is verified."""
    while True:
        over = Over(ExamOffice(workplace))
        over.draw()
        if over.practical.items["K4"].is_simulated:
            return over


@pytest.fixture
def over(drawn: Over) -> Over:
    drawn.finish()
    drawn.seal()
    return drawn


@pytest.fixture
def intruder(machine: Any) -> Iterator[Connection]:
    """Somebody who has broken into the database server and switched the triggers off."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def test_an_honest_sitting_shows_no_difference(over):
    assert over.verify() == []
    assert over.verify(with_audit=False) == []


def test_the_command_verifies_a_practical_sitting_by_its_code(over, intruder, machine, settings, monkeypatch):
    monkeypatch.setattr(command, "Machine", lambda _settings: machine)
    monkeypatch.setattr(command, "Settings", lambda: settings)
    code = intruder.execute("SELECT code FROM exams.sittings WHERE id = %s", [over.sitting_id]).fetchone()[0]
    said = CliRunner().invoke(command.app, ["verify", code])
    assert (said.exit_code, said.output.strip()) == (0, "1 practicals derived again, 0 differences.")
    intruder.execute("UPDATE exams.practical_items SET item = 'K11' WHERE practical_id = %s", [over.id])
    said = CliRunner().invoke(command.app, ["verify", str(over.sitting_id)])
    assert said.exit_code == 1
    assert f"Practical {over.practical.admission_number} differs from its draw in K" in said.output.replace("\n", " ")


def test_a_changed_item_is_found(over, intruder):
    other = "K12" if over.practical.items["K1"].drawn.item != "K12" else "K11"
    intruder.execute(
        "UPDATE exams.practical_items SET item = %s WHERE practical_id = %s AND subject = 'K1'", [other, over.id]
    )
    assert over.verify() == [Reason.ITEMS_ALTERED]


def test_an_item_changed_with_its_digest_is_found_by_draw_and_audit(over, intruder):
    """An insider sets the easier item and corrects the record of the draw to match."""
    drawn = over.practical.items
    other = "K12" if drawn["K1"].drawn.item != "K12" else "K11"
    intruder.execute(
        "UPDATE exams.practical_items SET item = %s WHERE practical_id = %s AND subject = 'K1'", [other, over.id]
    )
    digest = items_digest(state.drawn for state in over.practical.items.values())
    intruder.execute("UPDATE exams.practical_draws SET items_digest = %s WHERE practical_id = %s", [digest, over.id])
    assert over.verify() == [Reason.RECORD_ALTERED, Reason.ITEMS_ALTERED, Reason.RECORD_ALTERED]


def test_a_changed_secret_is_found(over, intruder):
    intruder.execute("UPDATE exams.practical_outcomes SET secret = %s WHERE practical_id = %s", ["00" * 32, over.id])
    found = over.verify()
    assert found.count(Reason.SECRET_MISMATCH) == 2  # against the room's own record and against the audit
    assert Reason.ITEMS_ALTERED in found


def test_a_secret_chosen_afterwards_and_made_to_fit_everywhere_but_in_the_audit_is_found(over, intruder):
    """The strongest insider: another secret, its commitment, its draw, all records rewritten; not the sealed audit."""
    secret, practical = uuid4().bytes * 2, over.practical
    again = draw(ItemPool.of(practical.standard), practical_seed(secret, practical.admission_number)).items
    intruder.execute(
        "UPDATE exams.practicals SET commitment = %s WHERE id = %s", [commitment(secret, over.id), over.id]
    )
    intruder.execute("UPDATE exams.practical_outcomes SET secret = %s WHERE practical_id = %s", [secret.hex(), over.id])
    intruder.execute(
        "UPDATE exams.practical_draws SET items_digest = %s WHERE practical_id = %s", [items_digest(again), over.id]
    )
    for one in again:
        intruder.execute(
            "UPDATE exams.practical_items SET item = %s, scene_seed = %s WHERE practical_id = %s AND subject = %s",
            [one.item, one.scene_seed, over.id, one.subject],
        )
    found = over.verify()
    assert Reason.SECRET_MISMATCH in found
    assert Reason.RECORD_ALTERED in found


def test_a_changed_pool_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.practical_draws SET pool = jsonb_set(pool, '{subjects,0,1,0,code}', '\"K19\"') "
        "WHERE practical_id = %s",
        [over.id],
    )
    assert over.verify() == [Reason.POOL_CHANGED]


def test_a_pool_changed_with_its_digest_is_found_by_the_audit(over, intruder):
    """One item is taken out of the pool and the digest corrected: the audit still says what was drawn from."""
    pool = ItemPool.of(over.practical.standard)
    (code, items), *rest = pool.subjects
    smaller = replace(pool, subjects=((code, items[:1]), *rest))
    intruder.execute(
        "UPDATE exams.practical_draws SET pool = %s, pool_digest = %s WHERE practical_id = %s",
        [Jsonb(smaller.as_json()), smaller.digest(), over.id],
    )
    assert Reason.RECORD_ALTERED in over.verify()


def test_a_score_sheet_changed_after_the_draw_is_found(over, monkeypatch):
    """The file of the standard is edited and keeps its version."""
    (standard,) = [it for it in queries.standards() if it == over.practical.standard]
    first = standard.subjects[0]
    items = tuple(replace(item, minutes=item.minutes + 1) for item in first.items)
    edited = replace(standard, subjects=(replace(first, items=items), *standard.subjects[1:]))
    monkeypatch.setattr(queries, "standards", lambda: (edited,))
    assert over.verify() == [Reason.ITEM_CHANGED]


def test_a_removed_practical_is_found_by_the_audit(over, intruder):
    for table in ("examiners", "draws", "items", "runs", "steps", "signatures", "outcomes"):
        intruder.execute(f"DELETE FROM exams.practical_{table} WHERE practical_id = %s", [over.id])
    intruder.execute("DELETE FROM exams.practicals WHERE id = %s", [over.id])
    outcome = command.verified(over.office.workplace, over.sitting_id, with_audit=True)
    assert [(it.reason, it.detail) for it in outcome.differences] == [(Reason.PRACTICAL_MISSING, str(over.id))]


def test_another_scene_than_the_drawn_one_is_found(over, intruder):
    intruder.execute("UPDATE simulations.runs SET seed = seed + 1 WHERE id = %s", [over.practical.items["K4"].run_id])
    assert Reason.SCENE_ALTERED in over.verify()


def test_a_simulation_whose_score_was_raised_is_found(over, intruder):
    run_id = over.practical.items["K4"].run_id
    intruder.execute("UPDATE simulations.scores SET total = 100, is_vetoed = false WHERE run_id = %s", [run_id])
    assert over.verify() == [Reason.SCORE_ALTERED]


def test_an_operation_slipped_in_afterwards_is_found(over, intruder):
    run_id = over.practical.items["K4"].run_id
    intruder.execute(
        "INSERT INTO simulations.operations SELECT run_id, 2, mode, "
        'content || \'{"number": 2, "name": "raise_alarm"}\', received_at '
        "FROM simulations.operations WHERE run_id = %s",
        [run_id],
    )
    assert over.verify() == [Reason.SCORE_ALTERED]


def test_the_promise_moved_behind_the_draw_is_found(over, intruder):
    intruder.execute("UPDATE exams.practicals SET opened_at = opened_at + interval '1 hour' WHERE id = %s", [over.id])
    assert over.verify() == [Reason.PROMISE_LATE]


def test_what_is_not_sealed_yet_is_said(drawn):
    drawn.finish()
    assert drawn.verify() == [Reason.NOT_SEALED]


def test_nothing_is_verified_while_somebody_is_at_it(drawn):
    with pytest.raises(SecretsNotTold):
        drawn.verify()


def test_who_may_not(over):
    with pytest.raises(Forbidden):
        over.office.do(actions.verify_practicals, over.sitting_id, actor=over.office.actor(Role.EXAMINER))
