"""A migration holds nobody up: it gives up where it does not get a lock, and where a statement takes long."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.cast.migrations import NEWEST, copied

LATER = """
from alembic import op

revision = "{revision}"
down_revision = "{follows}"
STAGE = "expand"


def upgrade():
    op.execute("{statement}")
"""
NOTE = (
    "CREATE TABLE public.said_{n} AS "
    "SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement"
)


@pytest.fixture
def run(tmp_path: Path, copies):
    """Run statements as further migrations, one each; the engine of the owner."""
    folder = copied(tmp_path)
    with copies.migrated() as machine:
        engine = create_engine(machine.owner_url())

        def upgrade(*statements: str):
            follows = NEWEST
            for minute, statement in enumerate(statements):
                revision = f"2099_12_01_09{minute:02d}"
                file = folder / "versions" / f"{revision.replace('_', '-')}_people_later.py"
                written = LATER.format(revision=revision, follows=follows, statement=statement)
                file.write_text(written, encoding="utf-8")
                follows = revision
            config = Config()
            config.set_main_option("script_location", str(folder))
            config.attributes["url"] = machine.owner_url()
            command.upgrade(config, "head")

        yield engine, upgrade
        engine.dispose()


def test_every_migration_has_both_limits(run):
    engine, upgrade = run
    upgrade(NOTE.format(n=1), NOTE.format(n=2))
    with engine.connect() as owner:
        for table in ("said_1", "said_2"):
            assert tuple(owner.execute(text(f"SELECT * FROM public.{table}")).one()) == ("4s", "1min")


def test_a_table_that_somebody_holds_is_left_alone_and_the_version_stays(run):
    engine, upgrade = run
    with engine.connect() as somebody:
        somebody.execute(text("LOCK TABLE people.persons IN ROW EXCLUSIVE MODE"))
        with pytest.raises(OperationalError, match="lock timeout"):
            upgrade("ALTER TABLE people.persons ADD COLUMN email text")
    with engine.connect() as owner:
        assert owner.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == NEWEST
