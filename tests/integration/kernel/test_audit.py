"""Whoever edits, removes, inserts or reorders the audit is found out."""

from datetime import timedelta

import pytest
from psycopg import Connection
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from host.wiring.kernel import seal_audit, seal_late_rows
from kernel import audit, walk
from kernel.actor import ANYONE, platform
from kernel.db import take_your_time
from kernel.faces import Face
from kernel.ids import earlier
from kernel.logs import Reminder
from kernel.tables import AuditRecord
from kernel.work import Work, Workplace
from tests.integration.kernel.conftest import findings, seal, show, wipe

COLUMNS = "id, at, face, actor_account, actor_person, actor_name, name, subject, facts, mac, " + (
    NUMBERS := "format, site, fact_format, key_id"
)


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


def test_rows_written_while_a_clock_was_days_off_are_sealed_late_and_accused_of_nothing(sealed, witness, capsys):
    """Three days ahead for a moment, then right again; and thirty days behind at another start."""
    for days in (3, 0, -30):
        write_with_clock_off(sealed, timedelta(days=days))
        seal(sealed)
    assert walk.LATE in findings(sealed, witness)
    with sealed.transaction(platform("seal"), Face.REGISTRY) as work:
        seal_late_rows(work)
    assert "audit rows were sealed late" in capsys.readouterr().out
    show(sealed, witness)
    assert set(findings(sealed, witness)) == {walk.SEALED_LATE}


def write_with_clock_off(place: Workplace, by: timedelta) -> None:
    """A row as a face writes it, on a machine whose clock is ahead `by` so much."""
    with Session(place.engines.of(Face.LEARNING)) as session:
        an_hour_ago, keys = place.clock.now() - timedelta(hours=1), place.keys(Face.LEARNING)
        work = Work(
            session=session,
            actor=ANYONE,
            now=an_hour_ago,
            face=Face.LEARNING,
            keys=keys,
            stores=place.stores(Face.LEARNING),
        )
        work.note("tests.happened", number=6)
        [row] = work.audit_rows()
        row.id = earlier(row.id, -by)
        audit.authenticate(row, keys)
        session.add(row)
        session.commit()


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
