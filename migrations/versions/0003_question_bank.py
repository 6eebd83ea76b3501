"""The question bank: outlines, questions and their sealed versions, review steps, and what testing may read."""

from alembic import op

revision = "0003_question_bank"
down_revision = "0002b_organisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA question_bank")
    _outlines()
    _questions()
    _versions()
    _review_steps()
    _approved_versions()
    _history()
    _grants()


def _outlines() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.outlines (
            code text NOT NULL,
            version integer NOT NULL,
            position text NOT NULL,
            name_zh text NOT NULL,
            name_en text NOT NULL,
            is_sample boolean NOT NULL,
            digest text NOT NULL,
            kept_at timestamptz NOT NULL,
            PRIMARY KEY (code, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE question_bank.points (
            outline_code text NOT NULL,
            outline_version integer NOT NULL,
            code text NOT NULL,
            place integer NOT NULL,
            name_zh text NOT NULL,
            name_en text NOT NULL,
            PRIMARY KEY (outline_code, outline_version, code),
            FOREIGN KEY (outline_code, outline_version) REFERENCES question_bank.outlines (code, version)
        )
        """
    )


def _questions() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.questions (
            id uuid PRIMARY KEY,
            bank text NOT NULL,
            reference text NOT NULL,
            opened_at timestamptz NOT NULL,
            UNIQUE (bank, reference)
        )
        """
    )


def _versions() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.versions (
            id uuid PRIMARY KEY,
            question_id uuid NOT NULL REFERENCES question_bank.questions (id),
            number integer NOT NULL CHECK (number > 0),
            kind text NOT NULL,
            point text NOT NULL,
            depth text NOT NULL,
            difficulty numeric NOT NULL,
            option_count integer NOT NULL,
            content_digest text NOT NULL,
            sealed bytea NOT NULL,
            state text NOT NULL,
            author_id uuid NOT NULL,
            reviewer_id uuid,
            approver_id uuid,
            written_at timestamptz NOT NULL,
            approved_at timestamptz,
            UNIQUE (question_id, number),
            CONSTRAINT three_people CHECK (
                author_id <> reviewer_id AND author_id <> approver_id AND reviewer_id <> approver_id
            ),
            CONSTRAINT nobody_skips_a_step CHECK (
                CASE state
                    WHEN 'draft' THEN reviewer_id IS NULL AND approver_id IS NULL AND approved_at IS NULL
                    WHEN 'reviewed' THEN reviewer_id IS NOT NULL AND approver_id IS NULL AND approved_at IS NULL
                    WHEN 'returned' THEN approver_id IS NULL AND approved_at IS NULL
                    WHEN 'approved' THEN approver_id IS NOT NULL AND reviewer_id IS NOT NULL AND approved_at IS NOT NULL
                    WHEN 'superseded' THEN approver_id IS NOT NULL AND approved_at IS NOT NULL
                    WHEN 'suspended' THEN approver_id IS NOT NULL AND approved_at IS NOT NULL
                    ELSE false
                END
            )
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_versions_one_approved ON question_bank.versions (question_id) WHERE state = 'approved'"
    )
    op.execute("CREATE INDEX ix_versions_state ON question_bank.versions (state, kind, point)")


def _review_steps() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.review_steps (
            id uuid PRIMARY KEY,
            version_id uuid NOT NULL REFERENCES question_bank.versions (id),
            deed text NOT NULL,
            person_id uuid NOT NULL,
            at timestamptz NOT NULL,
            remark text NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_review_steps_version_id ON question_bank.review_steps (version_id, id)")


def _approved_versions() -> None:
    # Superseded and suspended versions stay readable: papers that hold them are still marked and verified.
    op.execute(
        """
        CREATE VIEW question_bank.approved_versions AS
        SELECT v.id, q.bank, q.reference, v.number, v.kind, v.point, v.option_count, v.content_digest, v.sealed,
               v.state, v.author_id, v.reviewer_id, v.approver_id
        FROM question_bank.versions v JOIN question_bank.questions q ON q.id = v.question_id
        WHERE v.approved_at IS NOT NULL
        """
    )


def _history() -> None:
    # What a version says is fixed when it is written; of its way through review, each step is taken once and forward.
    op.execute(
        """
        CREATE FUNCTION question_bank.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.id, NEW.question_id, NEW.number, NEW.kind, NEW.point, NEW.depth, NEW.difficulty, NEW.option_count,
                NEW.content_digest, NEW.sealed, NEW.author_id, NEW.written_at)
               IS DISTINCT FROM
               (OLD.id, OLD.question_id, OLD.number, OLD.kind, OLD.point, OLD.depth, OLD.difficulty, OLD.option_count,
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
    op.execute(
        "CREATE TRIGGER content BEFORE UPDATE ON question_bank.versions "
        "FOR EACH ROW EXECUTE FUNCTION question_bank.keep_version()"
    )
    op.execute(
        "CREATE TRIGGER history BEFORE DELETE OR TRUNCATE ON question_bank.versions "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    for table in ("outlines", "points", "questions", "review_steps"):
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON question_bank.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )


def _grants() -> None:
    op.execute("GRANT USAGE ON SCHEMA question_bank TO anpei_authoring, anpei_testing")
    op.execute(
        "GRANT SELECT, INSERT ON question_bank.outlines, question_bank.points, question_bank.questions, "
        "question_bank.versions, question_bank.review_steps TO anpei_authoring"
    )
    op.execute(
        "GRANT UPDATE (state, reviewer_id, approver_id, approved_at) ON question_bank.versions TO anpei_authoring"
    )
    op.execute(
        "GRANT SELECT ON question_bank.approved_versions, question_bank.outlines, question_bank.points TO anpei_testing"
    )
