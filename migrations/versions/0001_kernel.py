"""The kernel: audit, its chain, deliveries, and the trigger that refuses to change history."""

from alembic import op

revision = "0001_kernel"
down_revision = None
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"


def upgrade() -> None:
    op.execute("CREATE SCHEMA kernel")
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")  # a function is open to all else
    op.execute(f"GRANT USAGE ON SCHEMA kernel TO {EVERY_FACE}, anpei_public")
    _history_is_not_changed()
    _audit()
    _deliveries()


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


def _audit() -> None:
    op.execute(
        """
        CREATE TABLE kernel.audit (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL,
            face text NOT NULL,
            actor_account uuid,
            actor_person uuid,
            actor_name text NOT NULL,
            name text NOT NULL,
            subject uuid,
            facts jsonb NOT NULL,
            mac bytea NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_audit_subject ON kernel.audit (subject, id)")
    op.execute("CREATE INDEX ix_audit_name ON kernel.audit (name, id)")
    op.execute(
        """
        CREATE TABLE kernel.audit_chain (
            position bigint PRIMARY KEY,
            audit_id uuid NOT NULL UNIQUE,
            digest bytea NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE kernel.audit_checkpoints (
            position bigint PRIMARY KEY,
            digest bytea NOT NULL,
            at timestamptz NOT NULL,
            public_key bytea NOT NULL,
            signature bytea NOT NULL
        )
        """
    )
    for table in ("audit", "audit_chain", "audit_checkpoints"):
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )
    # No face writes in another's name. The MAC would show it, but only to a walk on a host that holds all keys.
    op.execute("ALTER TABLE kernel.audit ENABLE ROW LEVEL SECURITY")
    op.execute(
        """
        CREATE POLICY own_hand ON kernel.audit FOR INSERT WITH CHECK (
            face = CASE current_user
                WHEN 'anpei_teaching' THEN 'learning'
                WHEN 'anpei_authoring' THEN 'authoring'
                WHEN 'anpei_testing' THEN 'examination'
                WHEN 'anpei_registry' THEN 'registry'
            END
        )
        """
    )
    op.execute("CREATE POLICY read ON kernel.audit FOR SELECT TO anpei_registry USING (true)")
    op.execute(f"GRANT INSERT ON kernel.audit TO {EVERY_FACE}")
    op.execute("GRANT SELECT ON kernel.audit TO anpei_registry")
    op.execute("GRANT SELECT, INSERT ON kernel.audit_chain, kernel.audit_checkpoints TO anpei_registry")


def _deliveries() -> None:
    op.execute(
        """
        CREATE TABLE kernel.deliveries (
            id uuid PRIMARY KEY,
            role text NOT NULL,
            reaction text NOT NULL,
            event text NOT NULL,
            facts jsonb NOT NULL,
            created_at timestamptz NOT NULL,
            run_after timestamptz NOT NULL,
            tries integer NOT NULL,
            last_error text,
            done_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX ix_deliveries_due ON kernel.deliveries (role, run_after) WHERE done_at IS NULL")
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
    # What was announced stays what it was: only how far a delivery has come is written after it was sent.
    op.execute(
        f"GRANT INSERT, SELECT, UPDATE (run_after, tries, last_error, done_at) ON kernel.deliveries TO {EVERY_FACE}"
    )
