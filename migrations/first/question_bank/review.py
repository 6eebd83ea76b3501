"""The steps of a version's way through review, sealed remarks, and who thereby stands behind a version."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _review_steps()
    _sealed_remarks()
    _people_behind()


def _review_steps() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.review_steps (
            id uuid PRIMARY KEY,
            version_id uuid NOT NULL REFERENCES question_bank.versions (id),
            deed text NOT NULL,
            person_id uuid NOT NULL,
            at timestamptz NOT NULL,
            remark text NOT NULL DEFAULT ''
        )
        """
    )
    op.execute("CREATE INDEX ix_review_steps_version_id ON question_bank.review_steps (version_id, id)")
    only_added("question_bank.review_steps")
    op.execute("GRANT SELECT, INSERT ON question_bank.review_steps TO anpei_authoring")


def _sealed_remarks() -> None:
    # Reviewers quote the question and its key: what they say is sealed, and the plain column stays empty.
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
