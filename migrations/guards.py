"""What PostgreSQL itself refuses, whoever asks, so that every migration says it in the same words."""

from alembic import op


def only_added(*tables: str) -> None:
    """Rows of `tables` (schema.table) are history: they are added, never changed or removed."""
    for table in tables:
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )


def sealed(schema: str, role: str) -> None:
    """A table of sealed bytes, to which `role` adds. Only the owner takes a row out, and never the last of a thing."""
    op.execute(
        f"""
        CREATE TABLE {schema}.sealed (
            what text NOT NULL,
            of uuid NOT NULL,
            key_id text NOT NULL,
            sealed bytea NOT NULL,
            digest bytea NOT NULL,
            sealed_at timestamptz NOT NULL,
            PRIMARY KEY (what, of, key_id),
            CHECK (digest = sha256(sealed))
        )
        """
    )
    op.execute(
        f"CREATE TRIGGER history BEFORE UPDATE OR TRUNCATE ON {schema}.sealed "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER last_copy BEFORE DELETE ON {schema}.sealed "
        "FOR EACH ROW EXECUTE FUNCTION kernel.keep_last_copy()"
    )
    op.execute(f"GRANT SELECT, INSERT ON {schema}.sealed TO {role}")


def never_removed(table: str) -> None:
    """Rows of `table` (schema.table) stay; what of them may change is said beside this by a trigger of its own."""
    op.execute(
        f"CREATE TRIGGER history BEFORE DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )


def closed_when(condition: str, table: str) -> None:
    """A row of `table` is no longer changed once `condition`, an expression over OLD, holds of it."""
    op.execute(
        f"CREATE TRIGGER history BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) "
        "EXECUTE FUNCTION kernel.refuse_change()"
    )
