"""Deliveries that can be looked after: what failed in words without facts, and one view over all faces."""

from alembic import op

revision = "0022_kernel_tasks"
down_revision = "0015_training"
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"
DEFINER = "SECURITY DEFINER SET search_path = ''"


def upgrade() -> None:
    _deliveries()


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
