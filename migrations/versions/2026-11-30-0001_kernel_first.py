"""The kernel: audit, its chain, deliveries, signing keys, and the trigger that refuses to change history."""

from alembic import op

from migrations.first.kernel import audit, deliveries, files, keys, locks, tasks, two_people
from migrations.first.roles import EVERY_FACE

revision = "2026_11_30_0001"
down_revision = None
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA kernel")
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")  # a function is open to all else
    op.execute(f"GRANT USAGE ON SCHEMA kernel TO {EVERY_FACE}, anpei_public")
    _history_is_not_changed()
    locks.create()
    audit.create()
    deliveries.create()
    tasks.create()
    two_people.create()
    keys.create()
    files.create()


def _history_is_not_changed() -> None:
    op.execute(
        """
        CREATE FUNCTION kernel.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'Rows of %.% are history: they are added, never changed or removed.',
                TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END
        $$
        """
    )
