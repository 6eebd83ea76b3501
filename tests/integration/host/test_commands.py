"""What the command line says is what happened."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from host import cli
from host.commands import load
from host.machine import Machine, NotMigrated
from kernel.faces import Face
from kernel.settings import Settings, libpq
from people.accounts.errors import AccountIsClosed
from tests.cast.site import Site


@pytest.fixture
def owner(site: Site, monkeypatch):
    """The command line works on the site's database."""
    database = site.workplace.engines.url(Face.LEARNING).database
    assert database
    address = Machine(site.workplace.settings, database=database).owner_url()
    monkeypatch.setenv("ANPEI_DATABASE_URL", libpq(address))
    monkeypatch.setenv("ANPEI_VAR", str(site.workplace.settings.var))
    engine = create_engine(address)
    yield engine
    engine.dispose()


def test_a_course_that_says_the_same_is_not_said_to_be_published(owner, capsys):
    load.course("low_voltage")
    said = capsys.readouterr().out
    assert "published" not in said
    assert "nothing has changed" in said


@pytest.mark.parametrize("username", ["zheng", "feng", "shen"])
def test_nobody_whose_account_is_closed_stands_for_a_question(site: Site, owner, username):
    with owner.begin() as connection:
        closing = "UPDATE people.accounts SET closed_at = :at WHERE username = :name"
        connection.execute(text(closing), {"at": site.workplace.clock.now(), "name": username})
    try:
        with pytest.raises(AccountIsClosed):
            load.with_bank(site.workplace, "low_voltage", ("zheng", "feng", "shen"), lambda *_: None)
    finally:
        with owner.begin() as connection:
            connection.execute(text("UPDATE people.accounts SET closed_at = NULL"))


@pytest.mark.parametrize("command", [cli.grants, cli.write_permissions])
def test_outside_the_repository_a_table_that_cannot_be_written_is_said_in_a_sentence(owner, tmp_path: Path, command):
    with pytest.raises(cli.CannotWrite, match="No such file or directory"):
        command(tmp_path / "docs" / "tables")


def test_the_grants_of_a_database_that_is_not_migrated_are_not_written_down(owner):
    """Its catalogue lists next to nothing, and would empty the reviewed page."""
    with owner.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2026_11_30_0001'"))
        with pytest.raises(NotMigrated):
            Machine(Settings()).require_newest(connection)
