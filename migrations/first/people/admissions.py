"""Lists of organisations that an office brings."""

from alembic import op


def create() -> None:
    op.execute(
        """
        CREATE TABLE people.organisation_lists (
            id uuid PRIMARY KEY,
            region_code text REFERENCES people.regions (code),
            brought_by uuid,
            brought_at timestamptz NOT NULL,
            file_name text NOT NULL,
            file_digest bytea NOT NULL,
            taken integer NOT NULL,
            unchanged integer NOT NULL,
            refused integer NOT NULL,
            not_reached integer NOT NULL,
            bad_rows jsonb NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_organisation_lists_brought_at ON people.organisation_lists (brought_at)")
    op.execute(
        """
        CREATE TABLE people.organisation_list_parts (
            task_id uuid NOT NULL,
            first integer NOT NULL,
            lines jsonb NOT NULL,
            taken integer NOT NULL,
            unchanged integer NOT NULL,
            bad_rows jsonb NOT NULL,
            PRIMARY KEY (task_id, first)
        )
        """
    )
    op.execute("GRANT SELECT, INSERT ON people.organisation_lists TO anpei_registry")
    op.execute("GRANT SELECT, INSERT, DELETE ON people.organisation_list_parts TO anpei_registry")
    op.execute("GRANT UPDATE (taken, unchanged, bad_rows) ON people.organisation_list_parts TO anpei_registry")
