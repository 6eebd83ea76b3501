"""Persons and their identity documents; their photos are files."""

from alembic import op

from migrations.first.roles import EVERY_FACE


def create() -> None:
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
    _grants()


def _grants() -> None:
    op.execute(f"GRANT SELECT (id, name) ON people.persons TO {EVERY_FACE}")
    # Teaching tells namesakes apart; testing judges ages; only the registry has need of the rest.
    op.execute("GRANT SELECT (masked_phone) ON people.persons TO anpei_teaching")
    op.execute("GRANT SELECT (sex, birth_date) ON people.persons TO anpei_testing")
    op.execute("GRANT SELECT ON people.persons TO anpei_registry")
    # Only those who check an ID card or print a number may read one.
    op.execute("GRANT SELECT ON people.identity_documents TO anpei_testing, anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.persons, people.identity_documents TO anpei_registry")
