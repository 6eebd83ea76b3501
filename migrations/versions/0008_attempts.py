"""Breaches are about a candidate in the room, begun or not; they are decided once, one way or the other."""

from alembic import op

revision = "0008_attempts"
down_revision = "0009_sittings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE exams.breaches
            ADD COLUMN id uuid,
            ADD COLUMN sitting_id uuid,
            ADD COLUMN registration_id uuid,
            ADD COLUMN decision text,
            ADD COLUMN decided_because text,
            DROP CONSTRAINT breaches_check
        """
    )
    op.execute("ALTER TABLE exams.breaches RENAME COLUMN confirmed_by TO decided_by")
    op.execute("ALTER TABLE exams.breaches RENAME COLUMN confirmed_at TO decided_at")
    # Until now one attempt had one breach, so the attempt's id can go on as the id of the breach.
    op.execute(
        """
        UPDATE exams.breaches b
           SET id = b.attempt_id, sitting_id = a.sitting_id, registration_id = a.registration_id,
               decision = CASE WHEN b.decided_by IS NOT NULL THEN 'confirmed' END
          FROM exams.attempts a WHERE a.id = b.attempt_id
        """
    )
    _dismiss_what_nobody_can_decide()
    op.execute("ALTER TABLE exams.breaches DROP COLUMN attempt_id, ADD PRIMARY KEY (id)")
    op.execute(
        """
        ALTER TABLE exams.breaches
            ALTER COLUMN sitting_id SET NOT NULL,
            ALTER COLUMN registration_id SET NOT NULL,
            ADD CHECK (decision IN ('confirmed', 'dismissed')),
            ADD CHECK ((decision IS NULL) = (decided_by IS NULL)),
            ADD CHECK ((decision IS NULL) = (decided_at IS NULL)),
            ADD CHECK (decision <> 'confirmed' OR decided_by <> proposed_by),
            ADD CHECK ((decision IS NOT DISTINCT FROM 'dismissed') = (coalesce(decided_because, '') <> ''))
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX ix_breaches_standing ON exams.breaches (registration_id) "
        "WHERE decision IS DISTINCT FROM 'dismissed'"
    )
    op.execute("CREATE INDEX ix_breaches_sitting_id ON exams.breaches (sitting_id)")
    # Found once, decided once.
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE ON exams.breaches FOR EACH ROW WHEN (OLD.decision IS NOT NULL) "
        "EXECUTE FUNCTION kernel.refuse_change()"
    )


def _dismiss_what_nobody_can_decide() -> None:
    """A breach that nobody confirmed while the attempt ran had come to nothing; its room is closed now."""
    op.execute(
        """
        UPDATE exams.breaches b
           SET decision = 'dismissed', decided_by = b.proposed_by, decided_at = s.closed_at,
               decided_because = '考场结束前未经第二名监考员确认'
          FROM exams.sittings s
         WHERE s.id = b.sitting_id AND s.closed_at IS NOT NULL AND b.decision IS NULL
        """
    )
