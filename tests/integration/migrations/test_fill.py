"""Old rows are brought along in batches: by a migration that is killed in the middle, and by one that has to wait."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from host.machine import Machine
from migrations import fill as filling
from migrations.fill import NotDone, fill
from tests.cast.databases import HOUSE
from tests.cast.migrations import NEWEST, copied

ROWS, BATCH = 12_345, 500
PEOPLE = """
    INSERT INTO people.persons (id, name, created_at)
    SELECT gen_random_uuid(), 'person ' || number, now() FROM generate_series(1, :rows) AS number
"""
ADD = "ALTER TABLE people.persons ADD COLUMN name_key text"
BRING = "UPDATE people.persons SET name_key = upper(name) WHERE id = ANY(:keys)"
DONE = "SELECT count(*) FROM people.persons WHERE name_key = upper(name)"

EXPAND = f"""
from alembic import op

revision = "2099_12_01_0900"
down_revision = "{NEWEST}"
STAGE = "expand"


def upgrade():
    op.execute("{ADD}")
"""
BACKFILL = f"""
import os
import signal

from alembic import op
from sqlalchemy import text

from migrations.fill import fill

revision = "2099_12_01_0901"
down_revision = "2099_12_01_0900"
STAGE = "backfill"


def bring(connection, keys):
    connection.execute(text("{BRING}"), {{"keys": keys}})
    if connection.execute(text("{DONE}")).scalar_one() > int(os.environ.get("DIE_BEYOND", {ROWS})):
        os.kill(os.getpid(), signal.SIGKILL)  # in the middle of a batch, as a power cut would


def upgrade():
    with op.get_context().autocommit_block():
        fill(op.get_bind(), "people.persons", key="id", todo="name_key IS NULL", deed=bring, batch={BATCH})
"""
UPGRADE = """
import sys
from alembic import command
from alembic.config import Config

config = Config()
config.set_main_option("script_location", sys.argv[1])
config.attributes["url"] = sys.argv[2]
command.upgrade(config, "head")
"""


@pytest.fixture
def machine(copies) -> Iterator[Machine]:
    """A database of its own: its tables are changed here."""
    with copies.migrated() as made:
        yield made


@pytest.fixture
def owner(machine) -> Iterator[Engine]:
    """The owner of a database with ROWS people in it."""
    engine = create_engine(machine.owner_url())
    with engine.begin() as connection:
        connection.execute(text(PEOPLE), {"rows": ROWS})
    yield engine
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our migrations and two more: a new column, and what it holds of the people of before."""
    made = copied(tmp_path)
    (made / "versions" / "2099-12-01-0900_people_name_key.py").write_text(EXPAND, encoding="utf-8")
    (made / "versions" / "2099-12-01-0901_people_name_keys.py").write_text(BACKFILL, encoding="utf-8")
    return made


def upgrade(folder: Path, machine: Machine, **environment: str) -> subprocess.CompletedProcess[str]:
    address = machine.owner_url().render_as_string(hide_password=False)
    command = [sys.executable, "-c", UPGRADE, str(folder), address]
    said = os.environ | {"PYTHONPATH": str(HOUSE)} | environment
    return subprocess.run(command, cwd=HOUSE, env=said, check=False, capture_output=True, text=True)


def one(owner: Engine, question: str) -> object:
    with owner.connect() as connection:
        return connection.execute(text(question)).scalar_one()


def test_a_migration_killed_in_the_middle_goes_on_where_it_was(owner, machine, folder):
    killed = upgrade(folder, machine, DIE_BEYOND="2000")
    assert killed.returncode == -signal.SIGKILL
    assert one(owner, DONE) == 2_000  # four batches; the fifth is undone
    assert one(owner, "SELECT version_num FROM alembic_version") == "2099_12_01_0900"
    again = upgrade(folder, machine)
    assert again.returncode == 0, again.stderr
    assert f"of={ROWS - 2_000}" in again.stdout  # it tells how far it is, and begins nothing anew
    assert one(owner, DONE) == ROWS
    assert one(owner, "SELECT version_num FROM alembic_version") == "2099_12_01_0901"


@pytest.fixture
def expanded(owner: Engine) -> Engine:
    with owner.begin() as connection:
        connection.execute(text(ADD))
    return owner


def filled(owner: Engine, deed: str = BRING, **kw) -> tuple[int, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    with owner.connect() as connection:
        count = fill(
            connection,
            "people.persons",
            key="id",
            todo="name_key IS NULL",
            deed=deed,
            tell=lambda *far: told.append(far),
            **kw,
        )
    return count, told


def test_run_again_it_finds_nothing_to_do(expanded):
    count, told = filled(expanded, batch=5_000)
    assert (count, told) == (ROWS, [(5_000, ROWS), (10_000, ROWS), (ROWS, ROWS)])
    assert filled(expanded) == (0, [])
    assert one(expanded, DONE) == ROWS


def test_a_deed_that_does_not_do_what_it_says_is_refused_and_nothing_of_it_is_kept(expanded):
    half = f"{BRING} AND name LIKE '%7%'"
    with pytest.raises(NotDone, match=r"of 1000 rows of people\.persons"):
        filled(expanded, half)
    assert one(expanded, DONE) == 0


def test_it_waits_for_a_row_that_somebody_holds_and_then_goes_on(expanded, monkeypatch):
    monkeypatch.setattr(filling, "SET_LIMITS", ("SET lock_timeout = '100ms'",))
    with expanded.connect() as somebody:
        somebody.execute(text("SELECT id FROM people.persons ORDER BY id LIMIT 1 FOR UPDATE"))
        release = Timer(0.5, somebody.rollback)
        release.start()
        assert filled(expanded)[0] == ROWS
        release.join()
    assert one(expanded, DONE) == ROWS


def test_a_row_that_is_held_for_long_ends_it_and_what_was_done_is_kept(expanded, monkeypatch):
    monkeypatch.setattr(filling, "SET_LIMITS", ("SET lock_timeout = '50ms'",))
    monkeypatch.setattr(filling, "WAIT_SECONDS", 0.01)
    with expanded.connect() as somebody:
        somebody.execute(text("SELECT id FROM people.persons ORDER BY id DESC LIMIT 1 FOR UPDATE"))
        with pytest.raises(OperationalError, match="lock timeout"):
            filled(expanded)
    assert one(expanded, DONE) == ROWS - ROWS % 1_000


def test_what_is_only_written_down_does_nothing():
    assert fill(None, "people.persons", key="id", todo="true", deed=BRING) == 0
