"""Whoever edits, removes, inserts or reorders the audit is found out."""

import pytest
from psycopg import Connection
from sqlalchemy import create_engine, select, text

from host.wiring.kernel import seal_audit
from kernel import audit, walk
from kernel.actor import ANYONE, platform
from kernel.audit.rows import rows_found
from kernel.db import take_your_time
from kernel.faces import Face
from kernel.logs import Reminder
from kernel.tables import AuditRecord, ChainRecord
from kernel.work import Workplace
from tests.integration.kernel.conftest import findings, seal, wipe


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
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 4")
    assert walk.GAP in findings(sealed, witness)


def test_reordered_links_are_found(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit_chain SET position = -1 WHERE position = 3")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 3 WHERE position = 4")
    database_superuser.execute("UPDATE kernel.audit_chain SET position = 4 WHERE position = -1")
    assert walk.EDITED in findings(sealed, witness)


def test_a_chain_rebuilt_after_an_edit_is_found_by_its_checkpoint(sealed, witness, database_superuser):
    database_superuser.execute("UPDATE kernel.audit SET facts = '{\"number\": 99}' WHERE facts->>'number' = '2'")
    link_anew(sealed, database_superuser)
    assert walk.CHECKPOINT_DIFFERS in findings(sealed, witness)


def link_anew(place: Workplace, owner: Connection) -> None:
    """Give every link the digest that it would have, were what stands there now what was sealed."""
    links = select(ChainRecord, AuditRecord).join(AuditRecord, AuditRecord.id == ChainRecord.audit_id)
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        found = list(rows_found(reading.session, links.order_by(ChainRecord.position)))
    digest = audit.GENESIS
    for position, (chain, row) in enumerate(found, start=1):
        leaf = audit.leaf_of(chain, row)
        assert leaf
        digest = audit.link(digest, leaf)
        owner.execute(
            "UPDATE kernel.audit_chain SET digest = %s, position = %s WHERE face = %s AND number = %s",
            [digest, position, chain.face, chain.number],
        )


def test_a_tail_cut_off_with_its_checkpoints_is_found_by_the_witness(sealed, witness, database_superuser):
    database_superuser.execute("DELETE FROM kernel.audit_checkpoints WHERE position = 7")
    database_superuser.execute("DELETE FROM kernel.audit_chain WHERE position = 7")
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '5'")
    database_superuser.execute("UPDATE kernel.audit_numbers SET last = 5 WHERE face = 'learning'")
    assert findings(sealed, witness) == [walk.CUT]


def launder(place: Workplace, owner: Connection) -> None:
    """Remove a row, link the rest anew as if it had never been, and drop every checkpoint that says otherwise."""
    owner.execute(
        "DELETE FROM kernel.audit_chain USING kernel.audit a WHERE audit_id = a.id AND facts->>'number' = '2'"
    )
    owner.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '2'")
    owner.execute("DELETE FROM kernel.audit_checkpoints")
    link_anew(place, owner)


def test_whoever_links_the_chain_anew_is_found_without_any_witness(sealed, owner):
    launder(sealed, owner)
    assert findings(sealed, None) == [walk.NUMBERS_GAP, walk.UNSIGNED_END]
    assert findings(sealed, None, newest=2) == [walk.UNSIGNED_END]


def test_the_sealer_puts_no_signature_on_a_chain_that_it_did_not_make(sealed, owner):
    launder(sealed, owner)
    with sealed.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=6)
    with pytest.raises(audit.ChainNotSigned):
        seal(sealed)
    assert walk.UNSIGNED_END in findings(sealed, None)


def test_links_without_their_checkpoints_or_checkpoints_without_links_are_not_sealed_on(sealed, owner):
    owner.execute("DELETE FROM kernel.audit_chain")
    with pytest.raises(audit.ChainNotSigned):
        seal(sealed)


def test_a_link_hidden_below_the_first_one_hides_no_row(sealed, owner, witness):
    """Its row would count as chained and be looked at by nobody."""
    owner.execute("ALTER TABLE kernel.audit DISABLE TRIGGER numbered")
    owner.execute(
        'INSERT INTO kernel.audit SELECT (r).* FROM (SELECT jsonb_populate_record(a, \'{"number": 7, "mac": ""}\''
        " || jsonb_build_object('id', gen_random_uuid())) r FROM kernel.audit a WHERE facts->>'number' = '5') x"
    )
    owner.execute("ALTER TABLE kernel.audit ENABLE TRIGGER numbered")
    owner.execute(
        "INSERT INTO kernel.audit_chain SELECT -1, face, number, id, 'whole', '' FROM kernel.audit WHERE mac = ''"
    )
    assert walk.EDITED in findings(sealed, witness)


def test_the_sealer_says_why_it_stopped_and_once_only(sealed, owner, witness, capsys):
    launder(sealed, owner)
    witness.write_text("")
    reminder = Reminder()
    for _ in range(3):
        with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
            seal_audit(work, witness=witness, reminder=reminder)
    assert capsys.readouterr().out.count("the audit is not sealed") == 1


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
