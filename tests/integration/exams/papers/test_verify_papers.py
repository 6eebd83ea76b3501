"""Papers that were changed afterwards are found, whoever changed them."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from exams.papers import queries
from exams.papers.actions import commit_secret, reveal_secret
from exams.papers.rules import Reason
from host.commands import papers as command
from kernel.actor import ANYONE
from kernel.audit import write_rows
from kernel.faces import Face
from kernel.tables import AuditRecord
from question_bank.pools import queries as pools
from tests.integration.exams.papers.conftest import OFFICER


@pytest.fixture
def intruder(machine) -> Iterator[object]:
    """Somebody who has broken into the database server and switched the triggers off."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def test_an_honest_sitting_shows_no_difference(over):
    assert over.verify() == []


def test_a_forged_commitment_is_found(over, intruder):
    intruder.execute("UPDATE exams.sitting_secrets SET commitment = 'x' WHERE sitting_id = %s", [over.id])
    assert over.verify() == [(Reason.SECRET_MISMATCH, None)]


def test_a_forged_secret_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sitting_secrets SET revealed_secret = %s WHERE sitting_id = %s", ["00" * 32, over.id]
    )
    reasons = {reason for reason, _ in over.verify()}
    assert Reason.SECRET_MISMATCH in reasons
    assert Reason.PAPER_ALTERED in reasons


def test_a_promise_moved_behind_the_draw_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sitting_secrets SET committed_at = committed_at + %s WHERE sitting_id = %s",
        [timedelta(hours=1), over.id],
    )
    assert over.verify() == [(Reason.PROMISE_LATE, None)]


KEPT = ("id", "site", "at", "face", "actor_account", "actor_person", "actor_name", "name", "subject", "fact_format")


def test_a_promise_that_was_sealed_after_its_draw_is_found(sitting, intruder, workplace):
    """The exam body's own tables may say what they like, and its key may be misused: the sealed order decides."""
    sitting.do(commit_secret)
    columns = sql.SQL(", ").join(map(sql.Identifier, (*KEPT, "facts")))
    taken = sql.SQL("DELETE FROM kernel.audit WHERE subject = %s AND name = 'exams.secret_committed' RETURNING {}")
    hidden = intruder.execute(taken.format(columns), [sitting.id]).fetchone()
    sitting.draw()
    sitting.seal()
    with Session(workplace.engines.of(Face.EXAMINATION)) as session:
        again = AuditRecord(**dict(zip((*KEPT, "facts"), hidden, strict=True)))
        write_rows(session, workplace.keys(Face.EXAMINATION), [again])
        session.commit()
    sitting.do(reveal_secret)
    assert sitting.verify() == [(Reason.NOT_SEALED, None)]
    sitting.seal()
    assert sitting.verify() == [(Reason.PROMISE_LATE, None)]


def test_a_removed_paper_is_found(over, intruder):
    intruder.execute("DELETE FROM exams.papers WHERE sitting_id = %s AND admission_number = '10002'", [over.id])
    assert over.verify() == [(Reason.PAPER_MISSING, "10002")]


def test_a_damaged_paper_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sealed SET sealed = 'x', digest = sha256('x') FROM exams.papers p WHERE what = 'paper' "
        "AND of = p.id AND p.sitting_id = %s AND p.admission_number = '10001'",
        [over.id],
    )
    assert over.verify() == [(Reason.PAPER_UNREADABLE, "10001")]


def test_a_paper_given_to_somebody_else_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.papers SET admission_number = 'x' WHERE sitting_id = %s AND admission_number = '10001'", [over.id]
    )
    assert over.verify() == [(Reason.PAPER_UNEXPECTED, "x"), (Reason.PAPER_MISSING, "10001")]


def test_a_paper_forged_with_the_key_itself_is_found(over, intruder, workplace):
    """An insider who holds the papers' key seals another paper, and corrects the record of the draw to match."""
    with workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        rows = queries.papers(reading, over.id)
        other = queries.paper_for_marking(reading, rows[1].id)
        forged = reading.keys.papers.seal(other.canonical_bytes(), queries.PAPER, rows[0].id)
    intruder.execute(
        "UPDATE exams.sealed SET sealed = %s, digest = sha256(%s) WHERE what = 'paper' AND of = %s",
        [forged, forged, rows[0].id],
    )
    path = sql.Literal("{10001,0}")
    intruder.execute(
        sql.SQL(
            "UPDATE exams.paper_draws SET papers = jsonb_set(papers, {}, to_jsonb(%s::text)) WHERE sitting_id = %s"
        ).format(path),
        [other.digest(), over.id],
    )
    found = over.verify()
    assert (Reason.PAPER_ALTERED, "10001") in found
    assert (Reason.RECORD_ALTERED, "10001") in found
    assert (Reason.RECORD_ALTERED, None) in found  # and the audit still says what was drawn


def test_a_whole_draw_removed_is_found_by_the_audit(drawn, intruder):
    late = drawn.draw(["10004"])
    drawn.do(reveal_secret)
    drawn.seal()
    intruder.execute("DELETE FROM exams.papers WHERE draw_id = %s", [late])
    intruder.execute("DELETE FROM exams.paper_draws WHERE id = %s", [late])
    assert drawn.verify() == [(Reason.RECORD_ALTERED, None)]


def test_a_question_changed_in_the_bank_is_found(over, intruder, bank):
    with over.workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        drawn_from = pools.pool(reading, bank)
        versions = [
            {item.version_id for item in queries.paper_for_marking(reading, row.id).items}
            for row in queries.papers(reading, over.id)
        ]
    victim = next(iter(versions[0]))
    sealed = intruder.execute("SELECT sealed FROM question_bank.sealed WHERE of = %s", [victim]).fetchone()[0]
    try:
        intruder.execute("UPDATE question_bank.sealed SET sealed = 'x', digest = sha256('x') WHERE of = %s", [victim])
        found = over.verify()
    finally:
        intruder.execute(
            "UPDATE question_bank.sealed SET sealed = %s, digest = sha256(%s) WHERE of = %s", [sealed, sealed, victim]
        )
    asked = [number for number, paper in zip(over.numbers, versions, strict=True) if victim in paper]
    assert found == [(Reason.QUESTION_LOST, None), *[(Reason.QUESTION_CHANGED, number) for number in asked]]
    assert victim in {member.version_id for member in drawn_from.members}


def test_the_outcome_is_audited(over, workplace):
    over.verify()
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        rows = reading.session.execute(
            text("SELECT facts FROM kernel.audit WHERE subject = :id ORDER BY id"), {"id": over.id}
        ).scalars()
        names = [sorted(facts) for facts in rows]
    assert names[-1] == ["differences", "papers", "sitting_id"]


def test_the_command_says_which_papers_differ(over, intruder, machine, settings, monkeypatch):
    monkeypatch.setattr(command, "Machine", lambda _settings: machine)
    monkeypatch.setattr(command, "Settings", lambda: settings)
    said = CliRunner().invoke(command.app, ["verify", str(over.id)])
    assert said.exit_code == 0
    assert said.output.startswith("3 papers derived again, 0 differences.")
    intruder.execute("DELETE FROM exams.papers WHERE sitting_id = %s AND admission_number = '10002'", [over.id])
    said = CliRunner().invoke(command.app, ["verify", str(over.id)])
    assert said.exit_code == 1
    assert "Paper 10002 was drawn and is missing." in said.output
    said = CliRunner().invoke(command.app, ["verify", str(UUID(int=1))])
    assert (said.exit_code, said.output.strip()) == (2, "✗ No papers were drawn for this sitting.")
