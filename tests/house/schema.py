"""`python -m tests.house.schema`: write down, for review, what the migrations make beside columns: in schema.txt.

Keys, checks, indexes, triggers, policies, functions, views and comments are written in SQL only, in the migrations. The
rows that the code declares repeat none of them, so nothing else says how they should be: this listing does, as it was
reviewed. A migration that changes one changes a line of it, and a reviewer sees which.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from kernel.db import SCHEMAS
from kernel.settings import Settings
from tests.cast.databases import HOUSE, Copies

LISTING = Path(__file__).parent / "schema.txt"

# What is listed -> a query for lines of (relation, what is said of it).
ASKED = {
    "default": """
        SELECT attrelid::regclass::text, attname || ' ' || pg_get_expr(adbin, adrelid)
          FROM pg_attribute JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum JOIN pg_class c ON c.oid = attrelid
         WHERE relnamespace::regnamespace::text = ANY(:schemas)
    """,
    "constraint": """
        SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint
         WHERE contype <> 'n' AND conrelid <> 0 AND connamespace::regnamespace::text = ANY(:schemas)
    """,
    "index": """
        SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid)
          FROM pg_index JOIN pg_class c ON c.oid = indexrelid
         WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
           AND relnamespace::regnamespace::text = ANY(:schemas)
    """,
    "trigger": """
        SELECT tgrelid::regclass::text, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
          FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
         WHERE NOT tgisinternal AND relnamespace::regnamespace::text = ANY(:schemas)
    """,
    "policy": """
        SELECT schemaname || '.' || tablename, concat_ws(' ', policyname, cmd, roles::text, qual, 'check', with_check)
          FROM pg_policies WHERE schemaname = ANY(:schemas)
    """,
    "row security": """
        SELECT oid::regclass::text, 'enabled' FROM pg_class
         WHERE relrowsecurity AND relnamespace::regnamespace::text = ANY(:schemas)
    """,
    "storage": """
        SELECT oid::regclass::text, array_to_string(reloptions, ', ') FROM pg_class
         WHERE reloptions IS NOT NULL AND relnamespace::regnamespace::text = ANY(:schemas)
    """,
    "view": """
        SELECT schemaname || '.' || viewname, definition FROM pg_views WHERE schemaname = ANY(:schemas)
    """,
    "function": """
        SELECT oid::regprocedure::text, pg_get_functiondef(oid)
          FROM pg_proc WHERE pronamespace::regnamespace::text = ANY(:schemas)
    """,
    "sequence": """
        SELECT schemaname || '.' || sequencename, concat_ws(' ', data_type, start_value, increment_by, cycle)
          FROM pg_sequences WHERE schemaname = ANY(:schemas)
    """,
    "comment": """
        SELECT concat_ws(' ', classoid::regclass::text, coalesce(p.oid::regprocedure::text, c.oid::regclass::text,
                         k.conname), nullif(d.objsubid, 0)), description
          FROM pg_description d
          LEFT JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
          LEFT JOIN pg_proc p ON p.oid = d.objoid AND d.classoid = 'pg_proc'::regclass
          LEFT JOIN pg_constraint k ON k.oid = d.objoid AND d.classoid = 'pg_constraint'::regclass
         WHERE coalesce(c.relnamespace, p.pronamespace, k.connamespace)::regnamespace::text = ANY(:schemas)
    """,
}


def described(connection: Connection) -> str:
    """What the migrations made beside columns, sorted: a line each, and an empty one between relations."""
    return "\n".join(_lines(connection)) + "\n"


def _lines(connection: Connection) -> Iterator[str]:
    found = sorted(
        (relation, what, " ".join(said.split()))
        for what, query in ASKED.items()
        for relation, said in connection.execute(text(query), {"schemas": list(SCHEMAS)})
    )
    before = found[0][0]
    for relation, what, said in found:
        if relation != before:
            yield ""
        before = relation
        yield f"{relation}  {what}  {said}"


if __name__ == "__main__":
    with Copies(Settings(var=HOUSE / "var" / "test", demonstration=True)).migrated() as machine:
        engine = create_engine(machine.owner_url())
        with engine.connect() as owner:
            LISTING.write_text(described(owner), encoding="utf-8")
        engine.dispose()
