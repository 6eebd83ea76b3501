"""Regions: provinces, cities, counties and towns. All faces ask where something lies."""

from alembic import op

from migrations.first.roles import EVERY_FACE


def create() -> None:
    op.execute(
        """
        CREATE TABLE people.regions (
            code text PRIMARY KEY CHECK (code ~ '^[1-9][0-9]{5}([0-9]{3})?$'),
            names jsonb NOT NULL,
            is_current boolean NOT NULL,
            loaded_at timestamptz NOT NULL
        )
        """
    )
    op.execute(f"GRANT SELECT ON people.regions TO {EVERY_FACE}")
    op.execute("GRANT INSERT, UPDATE ON people.regions TO anpei_registry")
