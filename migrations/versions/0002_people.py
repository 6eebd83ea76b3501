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
    for deed in ("SELECT", "UPDATE"):
        op.execute(
            f"CREATE POLICY {deed.lower()}_known ON people.sessions FOR {deed} "
            "USING (opened_by IN (current_user, 'anpei_registry'))"
        )
    op.execute(
        """
        CREATE TABLE people.guesses (
            id uuid PRIMARY KEY,
            username text NOT NULL,
            address text NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_guesses_at ON people.guesses (at)")


def _grants() -> None:
    op.execute(f"GRANT SELECT ON people.persons, people.photos, people.accounts TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (seen_at, ended_at) ON people.sessions TO {EVERY_FACE}")
    op.execute(f"GRANT SELECT, INSERT ON people.guesses TO {EVERY_FACE}")
    # Only those who check an ID card or print a number may read one.
    op.execute("GRANT SELECT ON people.identity_documents TO anpei_testing, anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.persons, people.identity_documents, people.photos TO anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.accounts TO anpei_registry")
