"""The secrets of sittings, what was drawn from what, and each candidate's sealed paper."""

from alembic import op

from migrations.guards import never_removed, only_added


def create() -> None:
    _secrets()
    _draws()
    _papers()


def _secrets() -> None:
    op.execute(
        """
        CREATE TABLE exams.sitting_secrets (
            sitting_id uuid PRIMARY KEY,
            commitment text NOT NULL,
            committed_at timestamptz NOT NULL,
            revealed_secret text,
            revealed_at timestamptz,
            CHECK ((revealed_secret IS NULL) = (revealed_at IS NULL))
        )
        """
    )
    # A promise stands: the secret behind it can be revealed once, and nothing else of the row ever changes.
    op.execute(
        """
        CREATE FUNCTION exams.keep_promise() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.sitting_id, NEW.commitment, NEW.committed_at)
               IS DISTINCT FROM (OLD.sitting_id, OLD.commitment, OLD.committed_at)
               OR OLD.revealed_at IS NOT NULL
            THEN
                RAISE EXCEPTION 'The promise of a sitting is never changed.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER promise BEFORE UPDATE ON exams.sitting_secrets "
        "FOR EACH ROW EXECUTE FUNCTION exams.keep_promise()"
    )
    never_removed("exams.sitting_secrets")
    op.execute("GRANT SELECT, INSERT, UPDATE (revealed_secret, revealed_at) ON exams.sitting_secrets TO anpei_testing")


def _draws() -> None:
    op.execute(
        """
        CREATE TABLE exams.paper_draws (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL REFERENCES exams.sitting_secrets (sitting_id),
            method integer NOT NULL CHECK (method > 0),
            bank text NOT NULL,
            blueprint jsonb NOT NULL,
            blueprint_digest text NOT NULL,
            pool jsonb NOT NULL,
            pool_digest text NOT NULL,
            papers jsonb NOT NULL,
            drawn_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_paper_draws_sitting_id ON exams.paper_draws (sitting_id)")
    only_added("exams.paper_draws")
    op.execute("GRANT SELECT, INSERT ON exams.paper_draws TO anpei_testing")


def _papers() -> None:
    op.execute(
        """
        CREATE TABLE exams.papers (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            draw_id uuid NOT NULL REFERENCES exams.paper_draws (id),
            admission_number text NOT NULL,
            person_id uuid NOT NULL,
            blueprint_code text NOT NULL,
            shape jsonb NOT NULL,
            UNIQUE (sitting_id, admission_number)
        )
        """
    )
    op.execute("CREATE INDEX ix_papers_draw_id ON exams.papers (draw_id)")
    only_added("exams.papers")
    op.execute("GRANT SELECT, INSERT ON exams.papers TO anpei_testing")
