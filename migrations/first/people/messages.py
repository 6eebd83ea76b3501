"""Messages to people: a ledger in which a row says that one is about to be sent, and another how that ended."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    op.execute(
        """
        CREATE TABLE people.messages (
            id uuid PRIMARY KEY,
            key text NOT NULL UNIQUE,
            person_id uuid REFERENCES people.persons (id),
            code_id uuid UNIQUE REFERENCES people.codes (id),
            channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
            subject text NOT NULL,
            body text NOT NULL,
            is_urgent boolean NOT NULL,
            written_at timestamptz NOT NULL,
            CHECK (num_nonnulls(person_id, code_id) = 1)
        )
        """
    )
    op.execute("CREATE INDEX ix_messages_written_at ON people.messages (written_at)")
    op.execute(
        """
        CREATE TABLE people.message_attempts (
            message_id uuid NOT NULL REFERENCES people.messages (id),
            number integer NOT NULL,
            began_at timestamptz NOT NULL,
            PRIMARY KEY (message_id, number)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE people.message_outcomes (
            message_id uuid NOT NULL,
            number integer NOT NULL,
            outcome text NOT NULL CHECK (outcome IN ('taken', 'not_taken', 'refused', 'unknown')),
            detail text NOT NULL,
            noted_at timestamptz NOT NULL,
            PRIMARY KEY (message_id, number),
            FOREIGN KEY (message_id, number) REFERENCES people.message_attempts (message_id, number)
        )
        """
    )
    only_added("people.messages", "people.message_attempts", "people.message_outcomes")
    # Telephones are known to this face alone. A row is held while it is sent, which asks for UPDATE on one column.
    op.execute(
        "GRANT SELECT, INSERT ON people.messages, people.message_attempts, people.message_outcomes TO anpei_registry"
    )
    op.execute("GRANT UPDATE (id) ON people.messages TO anpei_registry")
