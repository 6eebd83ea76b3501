"""The audit, its chain and its checkpoints."""

from alembic import op

from migrations.first.roles import EVERY_FACE
from migrations.guards import only_added


def create() -> None:
    op.execute(
        """
        CREATE TABLE kernel.audit (
            id uuid PRIMARY KEY,
            format integer NOT NULL CHECK (format > 0),
            site text NOT NULL CHECK (site <> ''),
            at timestamptz NOT NULL,
            face text NOT NULL,
            actor_account uuid,
            actor_person uuid,
            actor_name text NOT NULL,
            name text NOT NULL,
            subject uuid,
            fact_format integer NOT NULL CHECK (fact_format > 0),
            facts jsonb NOT NULL,
            key_id text NOT NULL,
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
            format integer NOT NULL CHECK (format > 0),
            site text NOT NULL CHECK (site <> ''),
            digest bytea NOT NULL,
            at timestamptz NOT NULL,
            algorithm text NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL
        )
        """
    )
    only_added("kernel.audit", "kernel.audit_chain", "kernel.audit_checkpoints")
    _policies()
    op.execute(f"GRANT INSERT ON kernel.audit TO {EVERY_FACE}")
    op.execute("GRANT SELECT ON kernel.audit TO anpei_registry")
    op.execute("GRANT SELECT, INSERT ON kernel.audit_chain, kernel.audit_checkpoints TO anpei_registry")


def _policies() -> None:
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
