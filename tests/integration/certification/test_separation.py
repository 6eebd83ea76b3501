"""The separation page finds what it says it would find: each rule is broken here once, on purpose."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from certification.separation.queries import separation
from certification.separation.queries.imports import Import, imports_across
from certification.separation.rules import findings as said
from kernel.actor import platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.ids import new_id
from kernel.tables import AuditRecord
from kernel.walk import UNSIGNED_END
from kernel.witness import WitnessMissing, begin_witness
from kernel.work import Work
from people.accounts.tables import AccountRecord
from tests.integration.certification.conftest import Office


@pytest.fixture(autouse=True)
def _sealed(workplace):
    """As where a sealer is at work: nothing waits."""
    with workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
        while seal(work.session, work.keys, work.now):
            work.session.flush()


@pytest.fixture
def owner(machine, workplace):
    """The owner of the database at work, who could break anything; rolled back."""
    engine = create_engine(machine.owner_url())
    with Session(engine) as session:
        yield Work(
            session=session,
            actor=platform("test"),
            now=workplace.clock.now(),
            face=Face.REGISTRY,
            keys=workplace.keys(Face.REGISTRY),
            stores=workplace.stores(Face.REGISTRY),
        )
        session.rollback()
    engine.dispose()


def broken(work, *, walk=False):
    """The sentences of all evidence that breaks a rule."""
    with TemporaryDirectory() as folder:
        witness = Path(folder) / "witness.log"
        begin_witness(work.session, witness)
        found = separation(work, witness=witness, walk=walk)
    assert len(found) > 10
    return {each.sentence for finding in found for each in finding.evidence if each.breaks}


def test_on_a_sound_platform_every_rule_holds(work_as):
    assert broken(work_as(platform("test"), Face.REGISTRY)) == set()


@pytest.mark.parametrize(
    "breach",
    [
        "GRANT SELECT ON question_bank.versions TO anpei_teaching",
        "GRANT SELECT (name) ON people.persons TO anpei_public",
        "GRANT SELECT ON training.enrolments TO PUBLIC",
    ],
)
def test_a_right_beyond_the_wall_is_found(owner, breach):
    owner.session.execute(text(breach))
    assert broken(owner) == {said.A_RIGHT}


@pytest.mark.parametrize("how", ["DISABLE TRIGGER history", None])
def test_history_without_its_guard_is_found(owner, how):
    statement = f"ALTER TABLE certification.status_log {how}" if how else "DROP TRIGGER history ON kernel.audit"
    owner.session.execute(text(statement))
    assert broken(owner) == {said.NO_TRIGGER}


ONLY_AGAINST_EMPTYING = (
    "CREATE TRIGGER history BEFORE TRUNCATE ON exams.bars FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
)


@pytest.mark.parametrize(
    "breach",
    [
        "DROP TRIGGER history ON exams.papers",
        "DROP TRIGGER history ON exams.results",
        "DROP TRIGGER history ON exams.attempt_steps",
        "DROP TRIGGER history ON exams.attempts",
        "DROP TRIGGER history ON certification.eligibilities",
        "DROP TRIGGER content ON question_bank.versions",
        "ALTER TABLE exams.releases ENABLE REPLICA TRIGGER history",
        f"DROP TRIGGER history ON exams.bars; {ONLY_AGAINST_EMPTYING}",
    ],
)
def test_exams_history_without_its_guard_is_found(owner, breach):
    owner.session.execute(text(breach))
    assert broken(owner) == {said.NO_TRIGGER}


def test_every_table_that_the_migrations_guard_is_looked_at(owner):
    guarded = owner.session.scalars(
        text(
            """
            SELECT DISTINCT n.nspname || '.' || c.relname
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT t.tgisinternal AND t.tgname IN ('history', 'content', 'promise')
            """
        )
    )
    assert set(guarded) == said.HISTORY | said.UNFINISHED


def test_one_person_on_both_sides_is_found(office):
    person_id = office.person("两面人")
    for role in ("teacher", "invigilator"):
        office.work.session.add(
            AccountRecord(
                id=new_id(),
                person_id=person_id,
                username=f"{role}-{new_id()}",
                password_hash="",
                roles=[role],
                organisation_id=None,
                is_demonstration=True,
                opened_at=office.work.now,
                closed_at=None,
            )
        )
    office.work.session.flush()
    assert broken(office.work) == {said.ACCOUNT_ACROSS}


def test_an_edited_audit_row_is_found(workplace, owner):
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        Office(work).work.note("test.happened", score=79)
    owner.session.execute(text("ALTER TABLE kernel.audit DISABLE TRIGGER history"))
    owner.session.execute(text("ALTER TABLE kernel.audit_chain DISABLE TRIGGER history"))
    while seal(owner.session, owner.keys, owner.now):
        owner.session.flush()
    row = owner.session.query(AuditRecord).filter_by(name="test.happened").first()
    assert row
    row.facts = {"score": 80}
    owner.session.flush()
    found = separation(owner, witness=Path("no-witness-here"), walk=True)
    assert not found[-1].holds


def test_rows_that_wait_for_a_sealer_that_stands_still_are_said(workplace, owner):
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        Office(work).work.note("test.happened")
    assert said.AUDIT_WAITS not in broken(owner)
    owner.session.execute(text("ALTER TABLE kernel.audit DISABLE TRIGGER history"))
    owner.session.execute(text("UPDATE kernel.audit SET written_at = written_at - interval '2 min'"))
    assert said.AUDIT_WAITS in broken(owner)


def test_an_import_across_the_wall_is_found(tmp_path):
    room = tmp_path / "training" / "study"
    room.mkdir(parents=True)
    (room / "rules.py").write_text(
        "import importlib\n\nimport exams.papers\nfrom question_bank.questions import rules\n"
        'importlib.import_module("exams.results")\n'
        "from importlib import import_module, import_module as fetch\n"
        'import_module("exams.sittings")\nfetch(name="exams.bars")\n__import__("question_bank")\n'
        'fetch("people.accounts")\n',
        encoding="utf-8",
    )
    read = imports_across("training", ("question_bank", "exams"), tmp_path)
    assert read.modules == 1
    assert set(read.across) == {
        Import("training.study.rules", 3, "exams.papers"),
        Import("training.study.rules", 4, "question_bank.questions"),
        Import("training.study.rules", 5, "exams.results"),
        Import("training.study.rules", 7, "exams.sittings"),
        Import("training.study.rules", 8, "exams.bars"),
        Import("training.study.rules", 9, "question_bank"),
    }


def test_a_chain_whose_end_nobody_signed_is_found_without_a_walk(workplace, owner):
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        Office(work).work.note("test.happened")
    while seal(owner.session, owner.keys, owner.now):
        owner.session.flush()
    assert broken(owner) == set()
    owner.session.execute(text("ALTER TABLE kernel.audit_checkpoints DISABLE TRIGGER history"))
    owner.session.execute(text("DELETE FROM kernel.audit_checkpoints"))
    assert broken(owner) == {said.NO_TRIGGER, UNSIGNED_END}


def test_a_missing_witness_is_missed(workplace, owner):
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        Office(work).work.note("test.happened")
    while seal(owner.session, owner.keys, owner.now):
        owner.session.flush()
    found = separation(owner, witness=Path("no-witness-here"))
    assert [each.sentence for each in found[-1].evidence if each.breaks] == [WitnessMissing.sentence]
