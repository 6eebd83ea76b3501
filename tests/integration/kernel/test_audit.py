"""Whoever edits, removes, inserts or reorders the audit is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import Connection
from sqlalchemy import create_engine, select, text

from kernel import audit
from kernel.actor import ANYONE
from kernel.faces import Face
from kernel.tables import AuditRecord
from kernel.work import Workplace
from web.machine import Machine


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    return tmp_path / "witness.log"


@pytest.fixture
def database_superuser(machine: Machine) -> Iterator[Connection]:
    """Someone who has broken into the database server itself: triggers do not stop them."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
        connection.execute("DELETE FROM kernel.audit_chain")
        connection.execute("DELETE FROM kernel.audit_checkpoints")
        connection.execute("DELETE FROM kernel.audit")


@pytest.fixture
def sealed(workplace: Workplace, witness: Path, database_superuser: Connection) -> Workplace:
    database_superuser.execute("DELETE FROM kernel.audit_chain")
    database_superuser.execute("DELETE FROM kernel.audit_checkpoints")
    database_superuser.execute("DELETE FROM kernel.audit")
    for number in range(5):
        with workplace.transaction(ANYONE, Face.LEARNING) as work:
            work.note("tests.happened", number=number)
    seal(workplace)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=5)
    seal(workplace)
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        audit.show_to_witness(reading.session, witness)
    return workplace


def seal(workplace: Workplace) -> None:
    with workplace.transaction(ANYONE, Face.REGISTRY) as work:
        audit.seal(work.session, work.keys.signing, work.now)


def findings(workplace: Workplace, witness: Path) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        walk = audit.Walk(reading.session, workplace.settings.keys_folder, reading.keys.signing.public, witness)
        return [finding.sentence for finding in walk.findings()]


def ids(workplace: Workplace) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        return [str(i) for i in reading.session.scalars(select(AuditRecord.id).order_by(AuditRecord.id))]


def test_an_untouched_audit_has_nothing_to_report(sealed, witness):
    assert findings(sealed, witness) == []


def test_an_edited_row_is_found(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '2'")
    assert findings(sealed, witness) == [audit.EDITED]


def test_a_removed_row_is_found(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    assert findings(sealed, witness) == [audit.REMOVED]


def test_a_removed_row_with_its_link_is_found(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 3")
    assert audit.GAP in findings(sealed, witness)


def test_a_row_inserted_without_a_key_is_found_even_after_it_was_sealed(sealed, witness, database_superuser):
    database_superuser.execute(
        "INSERT INTO kernel.audit SELECT uuidv7(), at, face, actor_account, actor_person, actor_name, name, subject,"
        " '{\"number\": 7}', mac FROM kernel.audit WHERE facts->>'number' = '1'"
    )
    seal(sealed)
    assert findings(sealed, witness) == [audit.FORGED]


def test_a_row_slipped_in_before_the_chained_ones_is_never_chained_and_found(sealed, witness, database_superuser):
    """Its writer may hold a face's key: history is not added to behind the chain's back."""
    a_month_ago = "uuidv7(interval '-30 days')"
    database_superuser.execute(
        f"INSERT INTO kernel.audit SELECT {a_month_ago}, at, face, actor_account, actor_person, actor_name, name,"
        " subject, facts, mac FROM kernel.audit WHERE facts->>'number' = '1'"
    )
    seal(sealed)
    assert findings(sealed, witness) == [audit.LATE, audit.FORGED]


def test_reordered_links_are_found(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit_chain SET position = -1 WHERE position = 2")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 2 WHERE position = 3")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 3 WHERE position = -1")
    assert audit.EDITED in findings(sealed, witness)


def test_a_chain_rebuilt_after_an_edit_is_found_by_its_checkpoint(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '2'")
    with sealed.reading(ANYONE, Face.REGISTRY) as reading:
        records = list(reading.session.scalars(select(AuditRecord).order_by(AuditRecord.id)))
    digest = audit.GENESIS
    for position, record in enumerate(records, start=1):
        digest = audit.link(digest, record)
        database_superuser.execute("UPDATE kernel.audit_chain SET digest = %s WHERE position = %s", [digest, position])
    assert audit.CHECKPOINT_DIFFERS in findings(sealed, witness)


def test_a_tail_cut_off_with_its_checkpoints_is_found_by_the_witness(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 6")
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 6")
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '5'")
    assert findings(sealed, witness) == [audit.CUT]


def show(place: Workplace, witness: Path) -> None:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        audit.show_to_witness(reading.session, witness)


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
    assert findings(sealed, witness) == [audit.UNWITNESSED]


def test_a_witness_cut_together_with_the_chain_is_found_when_the_sealer_has_gone_on(
    sealed, witness, database_superuser
):
    """The file is cut to fit a cut chain; what is sealed afterwards shows that the witness looks away."""
    witness.write_text(witness.read_text().splitlines(keepends=True)[0])
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == [audit.UNWITNESSED]


def test_the_newest_checkpoint_is_shown_the_next_time(sealed, witness):
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    seal(sealed)
    assert findings(sealed, witness) == []


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
