"""The schema that the migrations make is the schema that the code declares, and for the rest the one that was reviewed.

Declared by the code: tables, columns, their types, whether they may be empty, and the values of enumerations. All else
stands in SQL only and is held against tests/house/schema.txt.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum, String, Text, create_engine, text

from host.machine import Machine
from host.modules import load_everything
from kernel.db import SCHEMAS, Base
from tests.house.schema import LISTING, described

# Differences of these kinds are not looked for: the code declares no keys and no indexes.
IN_SQL_ONLY = {"add_index", "remove_index", "add_constraint", "remove_constraint", "add_fk", "remove_fk"}
LISTED_VALUES = """
    SELECT conrelid::regclass::text, attname, pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN pg_attribute a ON attrelid = conrelid AND conkey = ARRAY[attnum]
     WHERE contype = 'c' AND pg_get_constraintdef(k.oid) ~ '= ANY'
"""


@pytest.fixture
def owner(machine: Machine) -> Iterator[Connection]:
    """The owner of the database, who may change everything; rolled back."""
    load_everything()
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def test_the_migrations_make_what_the_code_declares(owner):
    assert list(differences(owner)) == []


def test_the_rest_is_as_it_was_reviewed(owner):
    reviewed = LISTING.read_text(encoding="utf-8").splitlines()
    assert described(owner).splitlines() == reviewed, "run `python -m tests.house.schema` and review the difference"


def differences(owner: Connection, schemas: Sequence[str] = SCHEMAS) -> Iterator[str]:
    """Where the code declares something else than there is, a line each."""
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: kind != "schema" or name in schemas,
        "include_object": lambda thing, _, kind, *__: kind != "table" or thing.schema in schemas,
        "compare_type": other_type,
        "compare_server_default": False,
    }
    views = {tuple(row) for row in owner.execute(text("SELECT schemaname, viewname FROM pg_views"))}
    for found in compare_metadata(MigrationContext.configure(owner, opts=options), Base.metadata):
        for difference in found if isinstance(found, list) else [found]:
            if difference[0] not in IN_SQL_ONLY and place(difference) not in views:
                yield f"{difference[0]} {'.'.join(map(str, place(difference)))} {difference[-1]!r}"
    yield from other_values(owner)


def place(difference: tuple[Any, ...]) -> tuple[str, str]:
    """Schema and table of what alembic found."""
    if difference[0].endswith("_table") or difference[0].endswith("table_comment"):
        return difference[1].schema, difference[1].name
    return difference[1], difference[2]


def other_type(_: Any, __: Any, ___: Any, there: Any, declared: Any) -> bool | None:
    """Words are text in the database, enumerations too; of every other type alembic is the judge."""
    if isinstance(there, String) and isinstance(declared, String):  # an Enum is a String
        return not isinstance(there, Text) or (isinstance(declared, Enum) and declared.native_enum)
    return None


def other_values(owner: Connection) -> Iterator[str]:
    """Where a check lists values, they are those of the enumeration that the code declares."""
    for relation, column, check in owner.execute(text(LISTED_VALUES)):
        table = Base.metadata.tables.get(relation)
        declared = table.columns[column].type if table is not None else None
        listed = re.findall(r"'([^']*)'::text", check)
        if isinstance(declared, Enum) and sorted(listed) != sorted(declared.enums):
            yield f"values {relation}.{column} {sorted(set(listed) ^ set(declared.enums))}"


# What the comparisons would find

PORTER = """
    ALTER TABLE exams.duties DROP CONSTRAINT duties_duty_check,
    ADD CHECK (duty IN ('invigilator', 'examiner', 'porter'))
"""
BENT = """
    CREATE OR REPLACE VIEW exams.announced AS SELECT a.id, a.subject, a.name, a.facts, 1::bigint AS position
      FROM kernel.audit a
"""


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("ALTER TABLE exams.lots ADD COLUMN remark text", "remove_column exams.lots"),
        ("ALTER TABLE exams.lots DROP COLUMN given", "add_column exams.lots"),
        ("CREATE TABLE exams.forgotten (id uuid)", "remove_table exams.forgotten"),
        ("DROP TABLE exams.bar_lifts", "add_table exams.bar_lifts"),
        ("ALTER TABLE exams.lots ALTER COLUMN method TYPE numeric", "modify_type exams.lots"),
        ("ALTER TABLE exams.lots ALTER COLUMN seed TYPE varchar(20)", "modify_type exams.lots"),
        ("ALTER TABLE exams.lots ALTER COLUMN at TYPE timestamp", "modify_type exams.lots"),
        ("ALTER TABLE exams.results ALTER COLUMN attempt DROP NOT NULL", "modify_nullable exams.results"),
        ("COMMENT ON COLUMN exams.results.score IS 'unsaid'", "modify_comment exams.results"),
        ("COMMENT ON TABLE exams.results IS 'unsaid'", "remove_table_comment exams.results"),
        (PORTER, "values exams.duties.duty ['porter']"),
    ],
)
def test_what_the_code_does_not_declare_is_found(owner, change: str, found: str):
    owner.execute(text("DROP VIEW IF EXISTS exams.results_summary"))  # it holds the types of its columns
    owner.execute(text(change))
    assert [line.startswith(found) for line in differences(owner, ["exams"])] == [True]


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX exams.ix_results_person",
        "CREATE INDEX ix_more ON exams.results (score)",
        "ALTER TABLE exams.results DROP CONSTRAINT results_score_check",
        "ALTER TABLE exams.results RENAME CONSTRAINT results_score_check TO results_points_check",
        "ALTER TABLE exams.results DROP CONSTRAINT results_sitting_id_fkey",
        "ALTER TABLE exams.results ALTER COLUMN attempt SET DEFAULT 1",
        "DROP TRIGGER history ON exams.results",
        "ALTER TABLE exams.results DISABLE TRIGGER history",
        "DROP POLICY practice ON simulations.runs",
        "ALTER TABLE kernel.audit DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE training.study_sessions RESET (fillfactor)",
        "CREATE OR REPLACE FUNCTION kernel.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        BENT,
        "ALTER SEQUENCE exams.sitting_numbers CYCLE",
        "COMMENT ON FUNCTION certification.note_lookup IS NULL",
        "COMMENT ON CONSTRAINT results_score_check ON exams.results IS 'said'",
    ],
)
def test_what_was_not_reviewed_is_found(owner, change: str):
    before = described(owner)
    owner.execute(text(change))
    assert described(owner) != before
