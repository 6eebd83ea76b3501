"""What PostgreSQL itself refuses, whoever asks, so that every migration says it in the same words."""

from alembic import op


def only_added(*tables: str) -> None:
    """Rows of `tables` (schema.table) are history: they are added, never changed or removed."""
    for table in tables:
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )


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
