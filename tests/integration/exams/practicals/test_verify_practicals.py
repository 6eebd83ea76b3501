"""A practical sitting is over: its draws are repeated from the told secrets, and whoever tampered is found out."""

from dataclasses import replace
from uuid import uuid4

import pytest
from psycopg.types.json import Jsonb
from typer.testing import CliRunner

from exams.papers.rules import commitment
from exams.practicals import actions, queries
from exams.practicals.errors import SecretsNotTold
from exams.practicals.queries import dated
from exams.practicals.rules import Deed, ItemPool, Step, draw, items_digest, practical_seed
from exams.practicals.rules.verification import Reason
from host.commands import papers as command
from kernel.errors import Forbidden
from people.access.rules import Role
from tests.integration.exams.practicals.conftest import Practicals

COMPLETE = Step(Deed.COMPLETE)


@pytest.fixture
def over(drawn: Practicals) -> Practicals:
    drawn.finish()
    drawn.seal()
    return drawn


def test_an_honest_sitting_shows_no_difference(over):
    assert over.verify() == []
    assert over.verify(with_audit=False) == []


def test_the_command_verifies_a_practical_sitting_by_its_code(over, intruder, machine, settings, monkeypatch):
    monkeypatch.setattr(command, "Machine", lambda _settings: machine)
    monkeypatch.setattr(command, "Settings", lambda: settings)
    code = intruder.execute("SELECT code FROM exams.sittings WHERE id = %s", [over.sitting_id]).fetchone()[0]
    said = CliRunner().invoke(command.app, ["verify", code])
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "1 practicals derived again, 0 differences.",
        "1 candidates' answers, sheets and results compared, 0 differences.",
    ]
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
    monkeypatch.setattr(dated, "standards", lambda: (edited,))
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
