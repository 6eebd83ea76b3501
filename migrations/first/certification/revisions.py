"""Results that were revised after they had been taken as passed."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    op.execute(
        """
        CREATE TABLE certification.result_revisions (
            result_id uuid PRIMARY KEY,
            supersedes uuid NOT NULL UNIQUE REFERENCES certification.passed_parts,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            revision integer NOT NULL CHECK (revision > 1),
            was numeric NOT NULL,
            score numeric NOT NULL,
            passed boolean NOT NULL,
            released_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_result_revisions_released ON certification.result_revisions (released_at)")
    only_added("certification.result_revisions")
    op.execute("GRANT SELECT, INSERT ON certification.result_revisions TO anpei_registry")
