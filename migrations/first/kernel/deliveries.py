"""Facts on their way from one face to another."""

from alembic import op

from migrations.first.pruning import may_be_pruned
from migrations.first.roles import EVERY_FACE


def create() -> None:
    op.execute(
        """
        CREATE TABLE kernel.deliveries (
            id uuid PRIMARY KEY,
            role text NOT NULL,
            reaction text NOT NULL,
            event text NOT NULL,
            format integer NOT NULL CHECK (format > 0),
            facts jsonb NOT NULL,
            created_at timestamptz NOT NULL,
            run_after timestamptz NOT NULL,
            tries integer NOT NULL,
            last_error text,
            cause text,
            done_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX ix_deliveries_due ON kernel.deliveries (role, run_after) WHERE done_at IS NULL")
    _policies()
    _looked_after()
    arrived = "r.role = session_user AND r.done_at < before"
    may_be_pruned("kernel.prune_deliveries", "kernel.deliveries", where=arrived, role=EVERY_FACE)
    # What was announced stays what it was: only how far a delivery has come is written after it was sent.
    progress = "run_after, tries, last_error, cause, done_at"
    op.execute(f"GRANT INSERT, SELECT, UPDATE ({progress}) ON kernel.deliveries TO {EVERY_FACE}")


def _policies() -> None:
    # A fact on its way to one face is not for the eyes of another: teaching must not read a released result in passing.
    op.execute("ALTER TABLE kernel.deliveries ENABLE ROW LEVEL SECURITY")
    # And what a face announces is of its own side: teaching must not announce a result that nobody released.
    op.execute(
        """
        CREATE POLICY send ON kernel.deliveries FOR INSERT WITH CHECK (
            CASE current_user
                WHEN 'anpei_teaching' THEN split_part(event, '.', 1) IN ('people', 'simulations', 'training')
                WHEN 'anpei_authoring' THEN split_part(event, '.', 1) IN ('people', 'question_bank')
                WHEN 'anpei_testing' THEN
                    split_part(event, '.', 1) IN ('people', 'question_bank', 'simulations', 'exams')
                ELSE current_user = 'anpei_registry'
            END
        )
        """
    )
    op.execute("CREATE POLICY own ON kernel.deliveries FOR SELECT USING (role = current_user)")
    op.execute("CREATE POLICY run ON kernel.deliveries FOR UPDATE USING (role = current_user)")


def _looked_after() -> None:
    """The registry sees of other faces' deliveries names, times, tries and the kind of failure, and never a fact."""
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
        """
        CREATE FUNCTION kernel.try_again(wanted uuid[], moment timestamptz) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
            UPDATE kernel.deliveries SET run_after = moment
            WHERE id = ANY (wanted) AND done_at IS NULL AND (role = session_user OR session_user = 'anpei_registry')
            RETURNING id
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.try_again FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.try_again TO {EVERY_FACE}")
