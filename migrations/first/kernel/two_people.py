"""Deeds that one person prepares and another confirms. All rows are history; a face sees its own."""

from alembic import op

from migrations.first.roles import EVERY_FACE
from migrations.guards import only_added


def create() -> None:
    _prepared()
    _signatures()
    _ends()
    only_added("kernel.prepared_deeds", "kernel.deed_signatures", "kernel.deed_ends")
    op.execute("ALTER TABLE kernel.prepared_deeds ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own ON kernel.prepared_deeds USING (role = current_user) WITH CHECK (role = current_user)"
    )
    for table in ("deed_signatures", "deed_ends"):
        own = "EXISTS (SELECT FROM kernel.prepared_deeds p WHERE p.id = prepared_id)"
        op.execute(f"ALTER TABLE kernel.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON kernel.{table} USING ({own}) WITH CHECK ({own})")
    tables = "kernel.prepared_deeds, kernel.deed_signatures, kernel.deed_ends"
    op.execute(f"GRANT SELECT, INSERT ON {tables} TO {EVERY_FACE}")


def _prepared() -> None:
    op.execute(
        """
        CREATE TABLE kernel.prepared_deeds (
            id uuid PRIMARY KEY,
            role text NOT NULL,
            deed text NOT NULL,
            about uuid NOT NULL,
            arguments jsonb NOT NULL CHECK (arguments ? 'format'),
            says jsonb NOT NULL,
            digest bytea NOT NULL CHECK (length(digest) = 32),
            signatures integer NOT NULL CHECK (signatures >= 2),
            prepared_by uuid NOT NULL,
            account_id uuid,
            name text NOT NULL,
            prepared_at timestamptz NOT NULL,
            until timestamptz NOT NULL CHECK (until > prepared_at)
        )
        """
    )
    op.execute("CREATE INDEX ix_prepared_deeds_about ON kernel.prepared_deeds (deed, about)")
    op.execute("CREATE INDEX ix_prepared_deeds_until ON kernel.prepared_deeds (until)")


def _signatures() -> None:
    op.execute(
        """
        CREATE TABLE kernel.deed_signatures (
            prepared_id uuid NOT NULL REFERENCES kernel.prepared_deeds,
            person_id uuid NOT NULL,
            account_id uuid,
            name text NOT NULL,
            signed_at timestamptz NOT NULL,
            PRIMARY KEY (prepared_id, person_id)
        )
        """
    )
    op.execute(
        """
        CREATE FUNCTION kernel.another_signs() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.person_id = (SELECT prepared_by FROM kernel.prepared_deeds WHERE id = NEW.prepared_id) THEN
                RAISE EXCEPTION 'Whoever prepared a deed does not confirm it.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER another BEFORE INSERT ON kernel.deed_signatures "
        "FOR EACH ROW EXECUTE FUNCTION kernel.another_signs()"
    )


def _ends() -> None:
    op.execute(
        """
        CREATE TABLE kernel.deed_ends (
            prepared_id uuid PRIMARY KEY REFERENCES kernel.prepared_deeds,
            how text NOT NULL CHECK (how IN ('confirmed', 'cancelled', 'lapsed')),
            person_id uuid,
            name text NOT NULL,
            because text NOT NULL,
            ended_at timestamptz NOT NULL,
            CHECK ((how = 'lapsed') = (person_id IS NULL))
        )
        """
    )
    op.execute(
        """
        CREATE FUNCTION kernel.all_have_signed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.how = 'confirmed' AND (
                SELECT count(*) + 1 < p.signatures OR p.until < NEW.ended_at
                  FROM kernel.prepared_deeds p JOIN kernel.deed_signatures s ON s.prepared_id = p.id
                 WHERE p.id = NEW.prepared_id
                 GROUP BY p.id
            ) IS NOT FALSE THEN
                RAISE EXCEPTION 'A deed is done in time and with all its signatures, or not at all.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER all_signed BEFORE INSERT ON kernel.deed_ends "
        "FOR EACH ROW EXECUTE FUNCTION kernel.all_have_signed()"
    )
