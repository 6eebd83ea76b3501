"""People: persons, identity documents, photos, accounts, sessions, failed sign-ins."""

from alembic import op

revision = "0002_people"
down_revision = "0001_kernel"
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"


def upgrade() -> None:
    op.execute("CREATE SCHEMA people")
    op.execute(f"GRANT USAGE ON SCHEMA people TO {EVERY_FACE}")
    _persons()
    _accounts()
    _grants()


def _persons() -> None:
    op.execute(
        """
        CREATE TABLE people.persons (
            id uuid PRIMARY KEY,
            name text NOT NULL,
            sex text,
            birth_date date,
            phone text,
            masked_phone text GENERATED ALWAYS AS (
                CASE WHEN length(phone) >= 11 THEN left(phone, 3) || '****' || right(phone, 4) END
            ) STORED,
            created_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_persons_name ON people.persons (name)")
    op.execute(
        """
        CREATE TABLE people.identity_documents (
            person_id uuid PRIMARY KEY REFERENCES people.persons (id),
            kind text NOT NULL,
            number text NOT NULL,
            UNIQUE (kind, number)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE people.photos (
            person_id uuid PRIMARY KEY REFERENCES people.persons (id),
            jpeg bytea NOT NULL,
            taken_at timestamptz NOT NULL
        )
        """
    )


def _accounts() -> None:
    op.execute(
        """
        CREATE TABLE people.accounts (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL REFERENCES people.persons (id),
            username text NOT NULL UNIQUE,
            password_hash text NOT NULL,
            roles jsonb NOT NULL,
            organisation_id uuid,
            is_demonstration boolean NOT NULL,
            one_time_until timestamptz,
            opened_at timestamptz NOT NULL,
            closed_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX ix_accounts_person_id ON people.accounts (person_id)")
    op.execute("CREATE INDEX ix_accounts_organisation_id ON people.accounts (organisation_id)")
    op.execute(
        """
        CREATE TABLE people.sessions (
            token_digest bytea PRIMARY KEY,
            account_id uuid NOT NULL REFERENCES people.accounts (id),
            opened_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            ended_at timestamptz,
            address text NOT NULL,
            opened_by text NOT NULL DEFAULT current_user
        )
        """
    )
    op.execute("CREATE INDEX ix_sessions_account_id ON people.sessions (account_id)")
    # Where faces have hosts of their own, each opens sign-ins for itself; what the registry opened holds everywhere.
    # Else whoever has broken into teaching could write themselves the sign-in of a question author.
    op.execute("ALTER TABLE people.sessions ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY open ON people.sessions FOR INSERT WITH CHECK (opened_by = current_user)")
    known = "opened_by IN (current_user, 'anpei_registry')"
    op.execute(f"CREATE POLICY select_known ON people.sessions FOR SELECT USING ({known})")
    # A sign-in that has ended is never opened again, by nobody.
    op.execute(
        f"CREATE POLICY update_known ON people.sessions FOR UPDATE USING ({known} AND ended_at IS NULL) "
        f"WITH CHECK ({known})"
    )
    op.execute(
        """
        CREATE TABLE people.guesses (
            id uuid PRIMARY KEY,
            name_mark bytea NOT NULL,
            address text NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_guesses_at ON people.guesses (at)")
    _password_hashes()
    _ending()


def _ending() -> None:
    """The registry closes an account at once and everywhere, though it neither sees nor believes others' sign-ins."""
    op.execute(
        """
        CREATE FUNCTION people.end_sessions_of(account uuid, besides bytea, moment timestamptz) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
            WITH ended AS (
                UPDATE people.sessions SET ended_at = moment
                WHERE account_id = account AND ended_at IS NULL AND token_digest <> besides RETURNING 1
            ) SELECT count(*) FROM ended
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION people.end_sessions_of FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION people.end_sessions_of TO anpei_registry")


def _password_hashes() -> None:
    """No face may read the column. Where it signs people in it asks for one name, and only for those who work there.

    Whoever has broken into teaching must not carry away what opens the accounts of question authors.
    """
    op.execute(
        """
        CREATE FUNCTION people.password_hash_of(login text) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
            SELECT password_hash FROM people.accounts WHERE username = login AND CASE session_user
                WHEN 'anpei_registry' THEN true
                WHEN 'anpei_teaching' THEN roles <@ '["worker", "teacher", "training_manager"]'
                WHEN 'anpei_authoring' THEN roles <@ '["question_author", "question_reviewer", "question_approver"]'
                WHEN 'anpei_testing' THEN roles <@ '["worker", "exam_officer", "invigilator", "examiner"]'
                ELSE false
            END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION people.password_hash_of FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION people.password_hash_of TO {EVERY_FACE}")


def _grants() -> None:
    op.execute(f"GRANT SELECT (id, name) ON people.persons TO {EVERY_FACE}")
    op.execute(
        "GRANT SELECT (id, person_id, username, roles, organisation_id, is_demonstration, one_time_until, opened_at, "
        f"closed_at) ON people.accounts TO {EVERY_FACE}"
    )
    # Teaching tells namesakes apart; testing judges ages and compares faces; only the registry has need of the rest.
    op.execute("GRANT SELECT (masked_phone) ON people.persons TO anpei_teaching")
    op.execute("GRANT SELECT (sex, birth_date) ON people.persons TO anpei_testing")
    op.execute("GRANT SELECT ON people.persons TO anpei_registry")
    op.execute("GRANT SELECT ON people.photos TO anpei_testing, anpei_registry")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (seen_at, ended_at) ON people.sessions TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT ON people.guesses TO {EVERY_FACE}")
    # Only those who check an ID card or print a number may read one.
    op.execute("GRANT SELECT ON people.identity_documents TO anpei_testing, anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.persons, people.identity_documents, people.photos TO anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.accounts TO anpei_registry")
