"""Long tasks: a step is a transaction that holds the task's row; a face sees and does its own tasks only."""

from alembic import op

from migrations.first.pruning import may_be_pruned
from migrations.first.roles import EVERY_FACE


def create() -> None:
    op.execute(
        """
        CREATE TABLE kernel.tasks (
            id uuid PRIMARY KEY,
            role text NOT NULL,
            kind text NOT NULL,
            about uuid,
            facts jsonb NOT NULL,
            noted jsonb NOT NULL,
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
    op.execute("ALTER TABLE kernel.tasks ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON kernel.tasks USING (role = current_user) WITH CHECK (role = current_user)")
    op.execute("ALTER TABLE kernel.task_cancellations ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own ON kernel.task_cancellations "
        "USING (EXISTS (SELECT FROM kernel.tasks t WHERE t.id = task_id)) "
        "WITH CHECK (EXISTS (SELECT FROM kernel.tasks t WHERE t.id = task_id))"
    )
    progress = "noted, run_after, stepped_at, total, done, failed, careful_until, worked_ms, tries, last_error, refusal"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({progress}, outcome, ended_at) ON kernel.tasks TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT ON kernel.task_cancellations TO {EVERY_FACE}")
    ended = "r.role = session_user AND r.ended_at < before"
    may_be_pruned("kernel.prune_tasks", "kernel.tasks", where=ended, role=EVERY_FACE)
