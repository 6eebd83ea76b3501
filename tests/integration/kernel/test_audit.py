"""Whoever edits, removes, inserts or reorders the audit is found out."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import Connection, connect
from sqlalchemy import create_engine, select, text

from host.machine import Machine
from host.wiring.kernel import seal_audit
from kernel import audit, walk
from kernel.actor import ANYONE, platform
from kernel.db import take_your_time
from kernel.faces import Face
from kernel.ledger import public_keys
from kernel.logs import Reminder
from kernel.settings import libpq
from kernel.tables import AuditRecord
from kernel.witness import WitnessContradicts, WitnessMissing, begin_witness, show_to_witness
from kernel.work import Workplace

TABLES = ("audit", "audit_chain", "audit_checkpoints")
COLUMNS = "id, at, face, actor_account, actor_person, actor_name, name, subject, facts, mac, " + (
    NUMBERS := "format, site, fact_format, key_id"
)


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    return tmp_path / "witness.log"


@pytest.fixture
def database_superuser(machine: Machine) -> Iterator[Connection]:
    """Someone who has broken into the database server itself: triggers do not stop them."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
        wipe(connection)


def wipe(connection: Connection) -> None:
    """An audit in which nothing was ever written, nor which key it is signed with."""
    for table in ("audit_chain", "audit_checkpoints", "audit", "signing_keys"):
        connection.execute(f"DELETE FROM kernel.{table}")


@pytest.fixture
def sealed(workplace: Workplace, witness: Path, database_superuser: Connection) -> Workplace:
    wipe(database_superuser)
    show(workplace, witness)
    for number in range(5):
        with workplace.transaction(ANYONE, Face.LEARNING) as work:
            work.note("tests.happened", number=number)
    seal(workplace)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=5)
    seal(workplace)
    show(workplace, witness)
    return workplace


def seal(workplace: Workplace) -> None:
    with workplace.transaction(ANYONE, Face.REGISTRY) as work:
        audit.seal(work.session, work.keys, work.now)


def findings(workplace: Workplace, witness: Path | None, newest: int | None = None) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        path = walk.Walk(
            reading.session,
            workplace.settings.keys_folder,
            public_keys(reading.session, reading.keys),
            witness,
            newest=newest,
        )
        return [finding.sentence for finding in path.findings()]


def ids(workplace: Workplace) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        return [str(i) for i in reading.session.scalars(select(AuditRecord.id).order_by(AuditRecord.id))]


def test_an_untouched_audit_has_nothing_to_report(sealed, witness):
    assert findings(sealed, witness) == []


def test_before_the_first_seal_there_is_no_witness_and_nothing_to_report(workplace, witness, database_superuser):
    """An installation that was filled and has not been served yet."""
    wipe(database_superuser)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=0)
    assert not witness.exists()
    assert findings(workplace, witness) == []


def test_an_edited_row_is_found(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '2'")
    assert findings(sealed, witness) == [walk.EDITED]


def test_a_removed_row_is_found(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    assert findings(sealed, witness) == [walk.REMOVED]


def test_a_removed_row_with_its_link_is_found(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 3")
    assert walk.GAP in findings(sealed, witness)


def test_a_row_inserted_without_a_key_is_found_even_after_it_was_sealed(sealed, witness, database_superuser):
    database_superuser.execute(
        f"INSERT INTO kernel.audit ({COLUMNS}) SELECT uuidv7(), at, face, actor_account, actor_person, actor_name,"
        f" name, subject, '{{\"number\": 7}}', mac, {NUMBERS} FROM kernel.audit WHERE facts->>'number' = '1'"
    )
    seal(sealed)
    assert findings(sealed, witness) == [walk.FORGED]


def test_a_row_slipped_in_before_the_chained_ones_is_never_chained_and_found(sealed, witness, database_superuser):
    """Its writer may hold a face's key: history is not added to behind the chain's back."""
    a_month_ago = "uuidv7(interval '-30 days')"
    database_superuser.execute(
        f"INSERT INTO kernel.audit ({COLUMNS}) SELECT {a_month_ago}, at, face, actor_account, actor_person, actor_name,"
        " name, subject, facts, mac, format, site, fact_format, key_id FROM kernel.audit WHERE facts->>'number' = '1'"
    )
    seal(sealed)
    assert findings(sealed, witness) == [walk.LATE, walk.FORGED]


def test_reordered_links_are_found(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit_chain SET position = -1 WHERE position = 2")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 2 WHERE position = 3")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 3 WHERE position = -1")
    assert walk.EDITED in findings(sealed, witness)


def test_a_chain_rebuilt_after_an_edit_is_found_by_its_checkpoint(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '2'")
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        records = list(reading.session.scalars(select(AuditRecord).order_by(AuditRecord.id)))
    digest = audit.GENESIS
    for position, record in enumerate(records, start=1):
        digest = audit.link(digest, record)
        database_superuser.execute("UPDATE kernel.audit_chain SET digest = %s WHERE position = %s", [digest, position])
    assert walk.CHECKPOINT_DIFFERS in findings(sealed, witness)


def test_a_tail_cut_off_with_its_checkpoints_is_found_by_the_witness(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 6")
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 6")
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '5'")
    assert findings(sealed, witness) == [walk.CUT]


def show(place: Workplace, witness: Path) -> None:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        show_to_witness(reading.session, witness)


def test_a_kill_in_the_middle_of_a_line_stops_neither_witness_nor_check(sealed, witness):
    whole = witness.read_bytes()
    for cut in (1, 30, 64, 66):
        witness.write_bytes(whole[:-cut])
        assert findings(sealed, witness) == []
        show(sealed, witness)
        assert witness.read_bytes() == whole


def test_the_witness_is_told_each_checkpoint_once(sealed, witness):
    whole = witness.read_bytes()
    assert [line.split()[0] for line in whole.splitlines()] == [b"5", b"6"]
    show(sealed, witness)
    assert witness.read_bytes() == whole


def test_a_witness_that_was_removed_is_missed(sealed, witness):
    witness.unlink()
    assert findings(sealed, witness) == [WitnessMissing.sentence]


def test_a_witness_cut_together_with_the_chain_is_found_when_the_sealer_has_gone_on(
    sealed, witness, database_superuser
):
    """The file is cut to fit a cut chain; what is sealed afterwards shows that the witness looks away."""
    witness.write_text(witness.read_text().splitlines(keepends=True)[0])
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == [walk.UNWITNESSED]


def test_the_newest_checkpoint_is_shown_the_next_time(sealed, witness):
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == []


@pytest.fixture
def owner(machine: Machine, sealed: Workplace) -> Iterator[Connection]:
    """Somebody with every right in the database, who may switch triggers off, and no key at all."""
    with connect(libpq(machine.owner_url()), autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE kernel.{table} DISABLE TRIGGER history")
        yield connection
        for table in TABLES:
            connection.execute(f"ALTER TABLE kernel.{table} ENABLE TRIGGER history")


def launder(place: Workplace, owner: Connection) -> None:
    """Remove a row, link the rest anew as if it had never been, and drop every checkpoint that says otherwise."""
    owner.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    owner.execute("DELETE FROM kernel.audit_checkpoints")
    owner.execute("DELETE FROM kernel.audit_chain")
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        records = list(reading.session.scalars(select(AuditRecord).order_by(AuditRecord.id)))
    digest = audit.GENESIS
    for position, record in enumerate(records, start=1):
        digest = audit.link(digest, record)
        owner.execute("INSERT INTO kernel.audit_chain VALUES (%s, %s, %s)", [position, record.id, digest])


def test_whoever_links_the_chain_anew_is_found_without_any_witness(sealed, owner):
    launder(sealed, owner)
    assert findings(sealed, None) == [walk.UNSIGNED_END]
    assert findings(sealed, None, newest=2) == [walk.UNSIGNED_END]


def test_the_sealer_puts_no_signature_on_a_chain_that_it_did_not_make(sealed, owner):
    launder(sealed, owner)
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    with pytest.raises(audit.ChainNotSigned):
        seal(sealed)
    assert findings(sealed, None) == [walk.UNSIGNED_END]


def test_links_without_their_checkpoints_or_checkpoints_without_links_are_not_sealed_on(sealed, owner):
    owner.execute("DELETE FROM kernel.audit_chain")
    with pytest.raises(audit.ChainNotSigned):
        seal(sealed)


def test_a_link_hidden_below_the_first_one_hides_no_row(sealed, owner, witness):
    """Its row would count as chained and be looked at by nobody."""
    forged = "SELECT uuidv7(), at, face, actor_account, actor_person, actor_name, name, subject, facts, ''"
    owner.execute(
        f"INSERT INTO kernel.audit ({COLUMNS}) {forged}, {NUMBERS} FROM kernel.audit WHERE facts->>'number' = '1'"
    )
    owner.execute("INSERT INTO kernel.audit_chain SELECT -1, id, '' FROM kernel.audit WHERE mac = ''")
    assert walk.EDITED in findings(sealed, witness)


def test_the_sealer_says_why_it_stopped_and_once_only(sealed, owner, witness, capsys):
    launder(sealed, owner)
    witness.write_text("")
    reminder = Reminder()
    for _ in range(3):
        with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
            seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit is not sealed") == 1


def test_a_removed_witness_is_not_made_anew_in_silence(sealed, witness, capsys):
    witness.unlink()
    with pytest.raises(WitnessMissing):
        show(sealed, witness)
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
        seal_audit(work, witness=witness, reminder=Reminder())
    assert "has no witness" in capsys.readouterr().out
    assert not witness.exists()
    assert findings(sealed, witness) == [WitnessMissing.sentence]
    assert findings(sealed, None) == []


@contextmanager
def disk_that_takes_nothing(kept: Path) -> Iterator[None]:
    """No file of this process grows beyond what is in `kept` now."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kept.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_while_the_witness_takes_nothing_sealing_goes_on_with_one_alarm(sealed, witness, capsys):
    reminder = Reminder()
    with disk_that_takes_nothing(witness):
        for number in range(6, 10):
            with sealed.transaction(ANYONE, Face.LEARNING) as work:
                work.note("tests.happened", number=number)
            with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
                seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit has no witness") == 1
    assert findings(sealed, witness) == [walk.UNWITNESSED]
    assert faults_at_the_end(sealed, witness) == [walk.UNWITNESSED]
    show(sealed, witness)
    assert findings(sealed, witness) == faults_at_the_end(sealed, witness) == []


def faults_at_the_end(workplace: Workplace, witness: Path) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        known = public_keys(reading.session, reading.keys)
        return [each.sentence for each in walk.faults_at_the_end(reading.session, known, witness)]


def test_a_missing_witness_is_missed_once_however_much_is_sealed_meanwhile(sealed, witness, capsys):
    witness.unlink()
    reminder = Reminder()
    for number in range(6, 9):
        with sealed.transaction(ANYONE, Face.LEARNING) as work:
            work.note("tests.happened", number=number)
        with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
            seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit has no witness") == 1


def test_after_a_cut_that_the_witness_saw_nothing_is_sealed(sealed, owner, witness):
    owner.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 6")
    owner.execute("DELETE FROM kernel.audit_chain WHERE position = 6")
    with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
        seal_audit(work, witness=witness, reminder=Reminder())
    with pytest.raises(WitnessContradicts):
        show(sealed, witness)
    assert findings(sealed, witness) == [walk.CUT]


def test_a_new_witness_is_begun_knowingly_and_the_old_one_is_kept(sealed, owner, witness):
    owner.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 6")
    owner.execute("DELETE FROM kernel.audit_chain WHERE position = 6")
    seen = witness.read_text()
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        assert begin_witness(reading.session, witness) == 5
    assert findings(sealed, witness) == []
    assert witness.with_name("witness.log.1").read_text() == seen


def test_a_walk_of_the_newest_rows_finds_what_was_done_to_them_and_reads_no_others(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '1'")
    assert findings(sealed, witness, newest=3) == []
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '4'")
    assert findings(sealed, witness, newest=3) == [walk.EDITED]


def test_a_walk_in_many_steps_misses_no_row(sealed, witness, database_superuser, monkeypatch):
    monkeypatch.setattr(walk, "AT_ONCE", 2)
    assert findings(sealed, witness) == []
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    assert findings(sealed, witness) == [walk.REMOVED]


def test_a_walk_at_a_terminal_has_the_time_that_it_needs(sealed):
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        take_your_time(reading.session)
        assert reading.session.scalar(text("SHOW statement_timeout")) == "0"
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        assert reading.session.scalar(text("SHOW statement_timeout")) == "15s"


def test_no_face_may_change_or_remove_an_audit_row(machine, workplace):
    for face in Face:
        with workplace.engines.of(face).connect() as connection:
            for deed in ("UPDATE kernel.audit SET name = 'x'", "DELETE FROM kernel.audit", "TRUNCATE kernel.audit"):
                with pytest.raises(Exception, match="permission denied"):
                    connection.execute(text(deed))
                connection.rollback()


def test_even_the_owner_is_stopped_by_the_trigger(machine):
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection, pytest.raises(Exception, match="never changed"):
        connection.execute(text("DELETE FROM kernel.audit"))
    engine.dispose()
