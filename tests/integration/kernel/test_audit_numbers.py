"""Whatever a face that was broken into writes, and whatever the owner takes away: the audit goes on, and says so."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from host.wiring.kernel import watch_sealing
from kernel import audit, walk
from kernel.actor import ANYONE, platform
from kernel.faces import Face
from kernel.ids import new_id
from kernel.logs import Reminder
from kernel.tables import AuditRecord, ChainRecord, LinkState
from kernel.work import Workplace
from tests.integration.kernel.conftest import findings, seal, wipe

TAKE = text("UPDATE kernel.audit_numbers SET last = last + :count WHERE face = :face RETURNING last, at")
WRITE = text(
    """
    INSERT INTO kernel.audit (id, format, site, number, at, written_at, face, actor_name, name, fact_format, facts,
                              key_id, mac)
    VALUES (:id, 1, 'main', :number, :at, :at, :face, 'nobody', 'tests.happened', 1, CAST(:facts AS jsonb), 'none', '')
    """
)
FAR_AHEAD = "ffffffff-ffff-7fff-bfff-ffffffffffff"


@pytest.fixture
def whole(workplace, database_superuser):
    """An audit with one sealed row."""
    wipe(database_superuser)
    happen(workplace, 0)
    seal(workplace)
    return workplace


def happen(place: Workplace, number: int, face: Face = Face.LEARNING, *, apart: timedelta = timedelta()) -> None:
    with place.transaction(ANYONE, face) as work:
        work.now += apart
        work.note("tests.happened", number=number)


def intrude(place: Workplace, face: Face, facts: str = "{}", id_: object = None) -> None:
    """A row by somebody who has the role of a face, and none of its keys."""
    with Session(place.engines.of(face)) as session:
        last, at = session.execute(TAKE, {"count": 1, "face": face.value}).one()
        row = {"id": id_ or new_id(), "number": last, "at": at, "face": face.value, "facts": facts}
        session.execute(WRITE, row)
        session.commit()


def states(place: Workplace) -> list[LinkState]:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        return list(reading.session.scalars(text("SELECT state FROM kernel.audit_chain ORDER BY position")))


def unsealed(place: Workplace) -> int:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        return audit.waiting(reading.session).rows


@pytest.mark.parametrize("face", Face)
def test_a_row_with_an_id_from_the_far_future_stops_no_sealing_and_is_found(whole, face):
    """It once did: the sealer looked for later ids only, and there were none."""
    intrude(whole, face, id_=FAR_AHEAD)
    happen(whole, 1)
    happen(whole, 2, face)
    seal(whole)
    assert unsealed(whole) == 0
    assert states(whole).count(LinkState.REFUSED) == 1
    assert findings(whole, None) == [walk.FORGED]


@pytest.mark.parametrize(
    "facts",
    ['{"number": 1e400}', '{"number": ' + "9" * 5_000 + "}", '{"nest": ' + "[" * 5_000 + "]" * 5_000 + "}", "[]", "1"],
    ids=["infinite", "five thousand digits", "without bottom", "no object", "a number"],
)
def test_facts_that_no_program_reads_stop_neither_the_sealer_nor_whoever_walks(whole, facts):
    intrude(whole, Face.PUBLIC, facts)
    happen(whole, 1)
    seal(whole)
    assert unsealed(whole) == 0
    assert findings(whole, None) == [walk.FORGED]


def test_what_was_refused_cannot_be_altered_afterwards(whole, database_superuser):
    intrude(whole, Face.LEARNING)
    seal(whole)
    database_superuser.execute("""UPDATE kernel.audit SET facts = '{"other": 1}' WHERE mac = ''""")
    assert findings(whole, None) == [walk.EDITED]


def test_a_row_that_the_owner_takes_away_before_it_is_sealed_is_missed_for_ever(whole, database_superuser):
    happen(whole, 1)
    happen(whole, 2)
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '1'")
    assert findings(whole, None) == [walk.TAKEN_AWAY]
    seal(whole)
    assert states(whole)[-2:] == ["missing", "whole"]
    assert findings(whole, None) == [walk.TAKEN_AWAY]


def test_the_newest_row_is_missed_too(whole, database_superuser):
    happen(whole, 1)
    database_superuser.execute("DELETE FROM kernel.audit WHERE facts->>'number' = '1'")
    seal(whole)
    assert findings(whole, None) == [walk.TAKEN_AWAY]


def test_a_counter_that_was_set_back_is_found(whole, database_superuser):
    happen(whole, 1)
    seal(whole)
    database_superuser.execute("UPDATE kernel.audit_numbers SET last = 1 WHERE face = 'learning'")
    assert findings(whole, None) == [walk.COUNTED_BACK]


def test_nobody_takes_a_number_and_writes_no_row(whole):
    with Session(whole.engines.of(Face.LEARNING)) as session:
        session.execute(TAKE, {"count": 1, "face": "learning"})
        with pytest.raises(DBAPIError, match="without writing their rows"):
            session.commit()
    happen(whole, 1)
    assert findings(whole, None) == []


@pytest.mark.parametrize("change", [{"number": 99}, {"at": "2026-01-01T00:00:00Z"}, {"number": 1}])
def test_nobody_writes_a_row_with_a_number_or_a_time_of_its_own(whole, change):
    with Session(whole.engines.of(Face.LEARNING)) as session:
        last, at = session.execute(TAKE, {"count": 1, "face": "learning"}).one()
        row = {"id": new_id(), "number": last, "at": at, "face": "learning", "facts": "{}"}
        with pytest.raises(DBAPIError, match="numbers and the time that the database gives"):
            session.execute(WRITE, row | change)


def test_nobody_takes_numbers_of_another_face_or_turns_them_back(whole):
    with Session(whole.engines.of(Face.PUBLIC)) as session:
        assert session.execute(TAKE, {"count": 1, "face": "examination"}).all() == []
        with pytest.raises(DBAPIError, match="only rise"):
            session.execute(TAKE, {"count": -1, "face": "public"})


def test_a_deed_that_comes_to_nothing_leaves_no_gap(whole):
    with Session(whole.engines.of(Face.LEARNING)) as session:
        session.execute(TAKE, {"count": 3, "face": "learning"})
        session.rollback()
    happen(whole, 2)
    seal(whole)
    assert findings(whole, None) == []


@pytest.fixture
def emptied(whole, database_superuser):
    """No row of the audit is left, nor of its chain."""
    for table in ("audit", "installation"):
        database_superuser.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM kernel.{table}")
    for table in ("audit_chain", "audit_checkpoints", "audit"):
        database_superuser.execute(f"DELETE FROM kernel.{table}")
    yield whole
    for table in ("audit", "installation"):
        database_superuser.execute(f"INSERT INTO kernel.{table} SELECT * FROM kept_{table} ON CONFLICT DO NOTHING")


def test_an_audit_that_was_emptied_is_a_finding_though_its_witness_is_gone_too(emptied, database_superuser, witness):
    assert walk.NOT_FOUNDED in findings(emptied, witness)
    database_superuser.execute("DELETE FROM kernel.installation")
    database_superuser.execute("UPDATE kernel.audit_numbers SET last = 0")
    assert findings(emptied, witness) == [walk.NOT_FOUNDED]


def test_rows_that_wait_for_their_seal_for_a_minute_are_an_alarm(whole, database_superuser, capsys):
    happen(whole, 1)
    reminder = Reminder()
    watch(whole, reminder)
    assert "not sealed" not in capsys.readouterr().out
    database_superuser.execute(
        "UPDATE kernel.audit SET written_at = written_at - interval '2 min' WHERE facts->>'number' = '1'"
    )
    watch(whole, reminder)
    assert "1 rows wait" in capsys.readouterr().out


def watch(place: Workplace, reminder: Reminder) -> None:
    with place.transaction(platform("watch"), Face.REGISTRY) as work:
        watch_sealing(work, reminder=reminder)


def test_both_times_stand_in_a_row_of_a_demonstration(whole):
    happen(whole, 1, apart=timedelta(days=40))
    with whole.reading(ANYONE, Face.REGISTRY) as reading:
        row = reading.session.query(AuditRecord).filter(AuditRecord.facts["number"].astext == "1").one()
    assert row.at - row.written_at > timedelta(days=39)


@pytest.mark.parametrize("apart", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_installation_that_counts_takes_no_row_of_another_time(whole, database_superuser, apart):
    database_superuser.execute("UPDATE kernel.installation SET kind = 'real'")
    try:
        with pytest.raises(audit.ClockApart):
            happen(whole, 1, apart=apart)
        happen(whole, 2)
        assert findings(whole, None) == [walk.NOT_FOUNDED]  # a demonstration that was made to count is found out
    finally:
        database_superuser.execute("UPDATE kernel.installation SET kind = 'demonstration'")


def test_the_order_of_the_chain_is_the_order_of_writing_across_faces(whole):
    for number, face in enumerate([Face.PUBLIC, Face.EXAMINATION, Face.LEARNING, Face.PUBLIC], start=1):
        happen(whole, number, face)
    seal(whole)
    with whole.reading(ANYONE, Face.REGISTRY) as reading:
        rows = reading.session.query(AuditRecord).join(ChainRecord, ChainRecord.audit_id == AuditRecord.id)
        order = [row.facts["number"] for row in rows.order_by(ChainRecord.position) if row.name == "tests.happened"]
    assert order == [0, 1, 2, 3, 4]
