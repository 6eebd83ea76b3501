"""Questions and their sealed versions, which are never rewritten, and what testing may read of them."""

from alembic import op

from migrations.guards import never_removed, only_added


def create() -> None:
    _questions()
    _versions()
    _never_rewritten()
    _judged_by_others()
    _approved_versions()


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
    only_added("question_bank.questions")
    op.execute("GRANT SELECT, INSERT ON question_bank.questions TO anpei_authoring")


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
            content_digest text NOT NULL,
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
    op.execute(
        "GRANT SELECT, INSERT, UPDATE (state, reviewer_id, approver_id, approved_at) ON question_bank.versions "
        "TO anpei_authoring"
    )


def _never_rewritten() -> None:
    # What a version says is fixed when it is written; of its way through review, each step is taken once and forward.
    op.execute(
        """
        CREATE FUNCTION question_bank.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.id, NEW.question_id, NEW.number, NEW.kind, NEW.point, NEW.depth, NEW.difficulty,
                NEW.content_digest, NEW.author_id, NEW.written_at)
               IS DISTINCT FROM
               (OLD.id, OLD.question_id, OLD.number, OLD.kind, OLD.point, OLD.depth, OLD.difficulty,
                OLD.content_digest, OLD.author_id, OLD.written_at)
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
    never_removed("question_bank.versions")


def _judged_by_others() -> None:
    # The rules say so first; this holds when they are passed by.
    op.execute(
        """
        CREATE FUNCTION question_bank.keep_earlier_authors_from_judging() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM question_bank.versions earlier
                WHERE earlier.question_id = NEW.question_id AND earlier.number < NEW.number
                  AND earlier.author_id IN (NEW.reviewer_id, NEW.approver_id)
            ) THEN
                RAISE EXCEPTION 'Whoever wrote an earlier version of a question does not judge a later one.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER judged_when_written BEFORE INSERT ON question_bank.versions "
        "FOR EACH ROW WHEN (NEW.reviewer_id IS NOT NULL) "
        "EXECUTE FUNCTION question_bank.keep_earlier_authors_from_judging()"
    )
    op.execute(
        "CREATE TRIGGER judged BEFORE UPDATE ON question_bank.versions "
        "FOR EACH ROW WHEN (NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id "
        "OR NEW.approver_id IS DISTINCT FROM OLD.approver_id) "
        "EXECUTE FUNCTION question_bank.keep_earlier_authors_from_judging()"
    )


def _approved_versions() -> None:
    # Superseded and suspended versions stay readable: papers that hold them are still marked and verified. Testing
    # opens these and nothing else of the bank; the newest copy, should there be two.
    op.execute(
        """
        CREATE VIEW question_bank.approved_versions AS
        SELECT v.id, q.bank, q.reference, v.number, v.kind, v.point, v.content_digest,
               (SELECT s.sealed FROM question_bank.sealed s WHERE s.what = 'version' AND s.of = v.id
                 ORDER BY s.sealed_at DESC LIMIT 1) AS sealed,
               v.state, v.author_id, v.reviewer_id, v.approver_id
        FROM question_bank.versions v JOIN question_bank.questions q ON q.id = v.question_id
        WHERE v.approved_at IS NOT NULL
        """
    )
    op.execute("GRANT SELECT ON question_bank.approved_versions TO anpei_testing")
