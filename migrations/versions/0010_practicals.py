"""Practicals that the exam office ended; exams that were void; what exams has told the audit, readable to exams."""

from alembic import op

revision = "0010_practicals"
down_revision = "0011_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE exams.practical_endings (
            practical_id uuid PRIMARY KEY REFERENCES exams.practicals (id),
            ending text NOT NULL CHECK (ending IN ('given_up', 'voided')),
            reason text NOT NULL CHECK (length(reason) >= 10),
            ended_by uuid NOT NULL,
            ended_by_name text NOT NULL,
            secret text NOT NULL,
            ended_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON exams.practical_endings "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute("GRANT SELECT, INSERT ON exams.practical_endings TO anpei_testing")
    op.execute("ALTER TABLE exams.registrations DROP CONSTRAINT registrations_outcome_check")
    op.execute(
        "ALTER TABLE exams.registrations ADD CONSTRAINT registrations_outcome_check "
        "CHECK (outcome IN ('passed', 'failed', 'absent', 'cancelled', 'voided'))"
    )
    # A re-check compares a receipt with the one that was announced. Testing may not read the audit, only these rows,
    # which it wrote itself. `anpei papers verify` reads the audit proper: whoever owns this view could bend it.
    op.execute(
        """
        CREATE VIEW exams.announced AS
        SELECT a.id, a.subject, a.name, a.facts, c.position
          FROM kernel.audit a
          LEFT JOIN kernel.audit_chain c ON c.audit_id = a.id
         WHERE a.name IN ('exams.attempt_ended', 'exams.practical_sheet_signed', 'exams.practical_finished',
                          'exams.result_released')
        """
    )
    op.execute("GRANT SELECT ON exams.announced TO anpei_testing")
