"""Runs, operations and scores of the apparatus; practice and examination kept apart by row policies."""

from alembic import op

from migrations.guards import only_added

BOTH = "anpei_teaching, anpei_testing"
TABLES = ("runs", "operations", "scores")


def create() -> None:
    _tables()
    for table in TABLES:
        only_added(f"simulations.{table}")
        _apart(table)
        op.execute(f"GRANT SELECT, INSERT ON simulations.{table} TO {BOTH}")


def _tables() -> None:
    op.execute(
        """
        CREATE TABLE simulations.runs (
            id uuid PRIMARY KEY,
            mode text NOT NULL CHECK (mode IN ('practice', 'examination')),
            person_id uuid NOT NULL,
            apparatus text NOT NULL,
            scenario text NOT NULL,
            scenario_version integer NOT NULL,
            digest text NOT NULL,
            content jsonb NOT NULL,
            seed numeric NOT NULL,
            started_at timestamptz NOT NULL,
            UNIQUE (id, mode)
        )
        """
    )
    op.execute("CREATE INDEX ix_runs_person ON simulations.runs (person_id, started_at)")
    op.execute(
        """
        CREATE TABLE simulations.operations (
            run_id uuid NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            mode text NOT NULL,
            content jsonb NOT NULL,
            received_at timestamptz NOT NULL,
            PRIMARY KEY (run_id, number),
            FOREIGN KEY (run_id, mode) REFERENCES simulations.runs (id, mode)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE simulations.scores (
            run_id uuid PRIMARY KEY,
            mode text NOT NULL,
            total numeric NOT NULL CHECK (total BETWEEN 0 AND 100),
            is_vetoed boolean NOT NULL,
            content jsonb NOT NULL,
            scored_at timestamptz NOT NULL,
            FOREIGN KEY (run_id, mode) REFERENCES simulations.runs (id, mode)
        )
        """
    )


def _apart(table: str) -> None:
    # A mode is copied to every row and tied to its run by the foreign key, so that the policy needs no look-up.
    op.execute(f"ALTER TABLE simulations.{table} ENABLE ROW LEVEL SECURITY")
    for role, mode in (("anpei_teaching", "practice"), ("anpei_testing", "examination")):
        op.execute(
            f"CREATE POLICY {mode} ON simulations.{table} TO {role} "
            f"USING (mode = '{mode}') WITH CHECK (mode = '{mode}')"
        )
