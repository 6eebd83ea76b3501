"""The schema that the migrations make is the schema that the code declares."""

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from host.machine import MIGRATIONS
from host.modules import load_everything
from kernel.db import SCHEMAS, Base

TOLD = {"add_table", "remove_table"}  # keys and indexes are written in SQL and reviewed there


def test_the_migrations_form_one_chain():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_nothing_of_ours_is_imported_by_a_migration():
    ours = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification", "web", "host")
    lines = [
        f"{file.name}: {line}"
        for file in (MIGRATIONS / "versions").glob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(tuple(f"{word} {package}" for word in ("import", "from") for package in ours))
    ]
    assert lines == []


def test_every_declared_table_is_migrated_as_declared(machine):
    load_everything()
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name in SCHEMAS,
                "compare_type": False,
            },
        )
        views = {tuple(row) for row in connection.execute(text("SELECT schemaname, viewname FROM pg_views"))}
        differences = [
            difference
            for difference in compare_metadata(context, Base.metadata)
            if difference[0] in TOLD and (difference[1].schema, difference[1].name) not in views
        ] + [
            difference
            for difference in compare_metadata(context, Base.metadata)
            if difference[0] in {"add_column", "remove_column"} and (difference[1], difference[2]) not in views
        ]
    engine.dispose()
    assert differences == []
