"""Whoever had a hand in a question stays behind its later versions; what reviewers say of it is sealed."""

from alembic import op

revision = "0011_questions"
down_revision = "0006b_practicals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _earlier_authors()
    _people_behind()
    _sealed_remarks()


def _earlier_authors() -> None:
    # The rules say so first; this holds when they are passed by. What was judged before this migration stays as it is.
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


def _people_behind() -> None:
    # Testing learns who may not examine, and neither the versions nor the steps from which that follows.
    op.execute(
        """
        CREATE VIEW question_bank.people_behind AS
        SELECT v.id AS version_id, hand.person_id
        FROM question_bank.versions v
        JOIN question_bank.versions earlier ON earlier.question_id = v.question_id AND earlier.number <= v.number
        CROSS JOIN LATERAL (
            SELECT unnest(ARRAY[earlier.author_id, earlier.reviewer_id, earlier.approver_id]) AS person_id
            UNION
            SELECT step.person_id FROM question_bank.review_steps step WHERE step.version_id = earlier.id
        ) hand
        WHERE v.approved_at IS NOT NULL AND hand.person_id IS NOT NULL
        """
    )
    op.execute("GRANT SELECT ON question_bank.people_behind TO anpei_testing")


def _sealed_remarks() -> None:
    # Reviewers quote the question and its key. From here on what they say is sealed and the plain column stays empty.
    # Steps of before keep their plain words: a migration holds no key, and a step is added, never changed.
    op.execute("ALTER TABLE question_bank.review_steps ADD COLUMN sealed_remark bytea")
    op.execute("ALTER TABLE question_bank.review_steps ALTER COLUMN remark SET DEFAULT ''")
    op.execute(
        """
        CREATE FUNCTION question_bank.keep_remarks_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'What reviewers say of a question is kept sealed.' USING ERRCODE = 'restrict_violation';
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER sealed BEFORE INSERT ON question_bank.review_steps "
        "FOR EACH ROW WHEN (NEW.remark <> '') EXECUTE FUNCTION question_bank.keep_remarks_sealed()"
    )
