"""Sittings that are called off or annulled, the registrations that follow them, and the grounds of bars."""

from alembic import op

revision = "0009_sittings"
down_revision = "0014_certification"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _states()
    _sittings()
    _registrations()
    _bars()
    _view()


def _states() -> None:
    for table, column, values in (
        (
            "sittings",
            "state",
            ("planned", "confirmed", "drawn", "open", "closed", "released", "called_off", "annulled"),
        ),
        ("registrations", "outcome", ("passed", "failed", "absent", "cancelled", "voided")),
        ("attempts", "state", ("open", "submitted", "run_out", "ended", "annulled")),
    ):
        listed = ", ".join(f"'{value}'" for value in values)
        op.execute(f"ALTER TABLE exams.{table} DROP CONSTRAINT {table}_{column}_check")
        op.execute(f"ALTER TABLE exams.{table} ADD CONSTRAINT {table}_{column}_check CHECK ({column} IN ({listed}))")


def _sittings() -> None:
    op.execute(
        """
        ALTER TABLE exams.sittings
            ADD COLUMN off_at timestamptz,
            ADD COLUMN off_because text CHECK (off_because <> ''),
            ADD COLUMN off_by uuid,
            ADD CONSTRAINT sittings_off_check
                CHECK ((state IN ('called_off', 'annulled')) = (off_at IS NOT NULL)
                       AND (off_at IS NULL) = (off_because IS NULL))
        """
    )
    # What was called off stays called off, and says why for ever.
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE ON exams.sittings FOR EACH ROW WHEN (OLD.off_at IS NOT NULL) "
        "EXECUTE FUNCTION kernel.refuse_change()"
    )


def _registrations() -> None:
    # A registration whose sitting came to nothing ends and is followed by one that keeps its place in the queue; once.
    op.execute("ALTER TABLE exams.registrations ADD COLUMN follows_id uuid UNIQUE REFERENCES exams.registrations (id)")


def _bars() -> None:
    # Which rule a bar quotes depends on what it was set for; of those that stand nobody wrote it down.
    op.execute(
        """
        ALTER TABLE exams.bars ADD COLUMN ground text NOT NULL DEFAULT 'other'
            CHECK (ground IN ('certificate_fraud', 'exam_breach', 'other'))
        """
    )


def _view() -> None:
    op.execute(
        """
        CREATE VIEW exams.annulled_sittings AS
        SELECT s.id AS sitting_id, s.code AS sitting_code, s.starts_at, s.off_at, s.off_because, s.off_by,
               (SELECT count(*) FROM exams.registrations r WHERE r.sitting_id = s.id AND r.outcome = 'voided')
                   AS candidates
          FROM exams.sittings s
         WHERE s.state = 'annulled'
        """
    )
    op.execute("GRANT SELECT ON exams.annulled_sittings TO anpei_registry, anpei_testing")
