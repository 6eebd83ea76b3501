"""Deliveries that can be looked after: what failed in words without facts, and one view over all faces. Long tasks."""

from alembic import op

revision = "0022_kernel_tasks"
down_revision = "0015_training"
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"
DEFINER = "SECURITY DEFINER SET search_path = ''"


def upgrade() -> None:
    _deliveries()
    _tasks()
    _staff_lists()


def _deliveries() -> None:
    """The registry sees of other faces' deliveries names, times, tries and the kind of failure, and never a fact."""
    op.execute("ALTER TABLE kernel.deliveries ADD COLUMN cause text")
    op.execute(f"GRANT UPDATE (cause) ON kernel.deliveries TO {EVERY_FACE}")
    op.execute(
        """
        CREATE VIEW kernel.waiting_deliveries AS
        SELECT id, role, reaction, event, created_at, run_after, tries, cause
          FROM kernel.deliveries
         WHERE done_at IS NULL AND (role = current_user OR current_user = 'anpei_registry')
        """
    )
    op.execute(f"GRANT SELECT ON kernel.waiting_deliveries TO {EVERY_FACE}")
    op.execute(
        f"""
        CREATE FUNCTION kernel.try_again(wanted uuid[], moment timestamptz) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE {DEFINER} AS $$
            UPDATE kernel.deliveries SET run_after = moment
            WHERE id = ANY (wanted) AND done_at IS NULL AND (role = session_user OR session_user = 'anpei_registry')
            RETURNING id
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.try_again FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.try_again TO {EVERY_FACE}")


def _tasks() -> None:
    """A step is a transaction that holds the task's row; a face sees and does its own tasks only."""
    op.execute(
        """
        CREATE TABLE kernel.tasks (
            id uuid PRIMARY KEY,
            role text NOT NULL,
            kind text NOT NULL,
            about uuid,
            facts jsonb NOT NULL,
            actor jsonb NOT NULL,
            started_at timestamptz NOT NULL,
            run_after timestamptz NOT NULL,
            stepped_at timestamptz,
            total integer,
            done integer NOT NULL,
            failed integer NOT NULL,
            careful_until integer NOT NULL,
            worked_ms bigint NOT NULL,
            tries integer NOT NULL,
            last_error text,
            refusal jsonb,
            outcome text CHECK (outcome IN ('finished', 'cancelled', 'failed')),
            ended_at timestamptz,
            CHECK (done >= 0 AND done <= coalesce(total, 0)),
            CHECK ((outcome IS NULL) = (ended_at IS NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_tasks_due ON kernel.tasks (role, run_after) WHERE ended_at IS NULL")
    op.execute("CREATE INDEX ix_tasks_about ON kernel.tasks (about, kind, id)")
    op.execute(
        """
        CREATE TABLE kernel.task_cancellations (
            task_id uuid PRIMARY KEY REFERENCES kernel.tasks ON DELETE CASCADE,
            asked_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE kernel.task_files (
            task_id uuid NOT NULL REFERENCES kernel.tasks ON DELETE CASCADE,
            name text NOT NULL,
            content bytea NOT NULL,
            PRIMARY KEY (task_id, name)
        )
        """
    )
    op.execute("ALTER TABLE kernel.tasks ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON kernel.tasks USING (role = current_user) WITH CHECK (role = current_user)")
    for table in ("task_cancellations", "task_files"):
        op.execute(f"ALTER TABLE kernel.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own ON kernel.{table} USING (EXISTS (SELECT FROM kernel.tasks t WHERE t.id = task_id)) "
            "WITH CHECK (EXISTS (SELECT FROM kernel.tasks t WHERE t.id = task_id))"
        )
    progress = "run_after, stepped_at, total, done, failed, careful_until, worked_ms, tries, last_error, refusal"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({progress}, outcome, ended_at) ON kernel.tasks TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT ON kernel.task_cancellations TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (content), DELETE ON kernel.task_files TO {EVERY_FACE}")


def _staff_lists() -> None:
    """The lines of a long list wait sealed, a part a step, and are gone when the list is in."""
    op.execute(
        """
        CREATE TABLE people.staff_list_parts (
            task_id uuid NOT NULL,
            first integer NOT NULL,
            lines bytea,
            taken integer NOT NULL,
            unchanged integer NOT NULL,
            bad_rows jsonb NOT NULL,
            PRIMARY KEY (task_id, first)
        )
        """
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON people.staff_list_parts TO anpei_registry")
    op.execute("GRANT UPDATE (taken, unchanged, bad_rows) ON people.staff_list_parts TO anpei_registry")
    op.execute("ALTER TABLE people.staff_imports ADD COLUMN not_reached integer NOT NULL DEFAULT 0")
