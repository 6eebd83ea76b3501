"""Kinds of question are folders: no counts of options, answers as JSON, looks, attempts that are ready, marks kept."""

from alembic import op

revision = "0016_kinds"
down_revision = "0015_training"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _questions()
    op.execute("ALTER TABLE exams.paper_draws ADD COLUMN method integer NOT NULL")
    _attempts()
    _steps()
    _marks()


def _questions() -> None:
    # How a question is laid out is drawn from what it says, so nothing of it stands in plain columns.
    op.execute("DROP VIEW question_bank.approved_versions")
    op.execute(
        """
        CREATE OR REPLACE FUNCTION question_bank.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.id, NEW.question_id, NEW.number, NEW.kind, NEW.point, NEW.depth, NEW.difficulty,
                NEW.content_digest, NEW.sealed, NEW.author_id, NEW.written_at)
               IS DISTINCT FROM
               (OLD.id, OLD.question_id, OLD.number, OLD.kind, OLD.point, OLD.depth, OLD.difficulty,
                OLD.content_digest, OLD.sealed, OLD.author_id, OLD.written_at)
               OR (OLD.reviewer_id IS NOT NULL AND NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id)
               OR (OLD.approver_id IS NOT NULL AND NEW.approver_id IS DISTINCT FROM OLD.approver_id)
               OR (OLD.approved_at IS NOT NULL AND NEW.approved_at IS DISTINCT FROM OLD.approved_at)
               OR (OLD.state, NEW.state) NOT IN (
                    ('draft', 'reviewed'), ('draft', 'returned'), ('reviewed', 'approved'), ('reviewed', 'returned'),
                    ('approved', 'suspended'), ('approved', 'superseded'))
            THEN
                RAISE EXCEPTION 'A version of a question is never changed; write a new version.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute("ALTER TABLE question_bank.versions DROP COLUMN option_count")
    op.execute(
        """
        CREATE VIEW question_bank.approved_versions AS
        SELECT v.id, q.bank, q.reference, v.number, v.kind, v.point, v.content_digest, v.sealed,
               v.state, v.author_id, v.reviewer_id, v.approver_id
        FROM question_bank.versions v JOIN question_bank.questions q ON q.id = v.question_id
        WHERE v.approved_at IS NOT NULL
        """
    )
    op.execute("GRANT SELECT ON question_bank.approved_versions TO anpei_testing")


def _attempts() -> None:
    # An attempt is there from the check-in on; its clock runs from the start.
    op.execute(
        """
        ALTER TABLE exams.attempts
            ALTER COLUMN started_at DROP NOT NULL,
            ALTER COLUMN deadline DROP NOT NULL,
            DROP CONSTRAINT attempts_state_check,
            DROP CONSTRAINT attempts_check,
            DROP CONSTRAINT attempts_check1,
            ADD CONSTRAINT attempts_state_check
                CHECK (state IN ('ready', 'open', 'submitted', 'run_out', 'ended', 'annulled')),
            ADD CONSTRAINT clock_runs_from_the_start CHECK (
                (state = 'ready') = (started_at IS NULL) AND (state = 'ready') = (deadline IS NULL)
            ),
            ADD CONSTRAINT closed_when_over CHECK ((state IN ('ready', 'open')) = (closed_at IS NULL)),
            ADD CONSTRAINT receipt_when_over CHECK ((state IN ('ready', 'open')) = (receipt IS NULL))
        """
    )
    op.execute("DROP TRIGGER history ON exams.attempts")
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE ON exams.attempts FOR EACH ROW WHEN (OLD.state NOT IN ('ready', 'open')) "
        "EXECUTE FUNCTION kernel.refuse_change()"
    )


def _steps() -> None:
    # An answer is JSON that the question's kind knows; a look answers nothing.
    op.execute(
        """
        ALTER TABLE exams.attempt_steps
            ADD COLUMN act text NOT NULL CHECK (act IN ('answer', 'look')),
            ADD COLUMN page_ms integer NOT NULL CHECK (page_ms >= 0),
            ADD CONSTRAINT answer_is_short CHECK (octet_length(answer) <= 2048),
            ADD CONSTRAINT look_answers_nothing CHECK (act = 'answer' OR (answer = 'null' AND NOT flagged))
        """
    )


def _marks() -> None:
    # What fraction each answer earned and who or what said so. Beside the plain answers it would give keys away.
    op.execute(
        """
        CREATE TABLE exams.attempt_marks (
            attempt_id uuid PRIMARY KEY REFERENCES exams.attempts (id),
            sealed bytea NOT NULL,
            marked_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON exams.attempt_marks "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute("GRANT SELECT, INSERT ON exams.attempt_marks TO anpei_testing")
