"""Codes that go to a telephone, as digests; who may ask for one from outside is said where applications are."""

from alembic import op


def create() -> None:
    op.execute(
        """
        CREATE TABLE people.codes (
            id uuid PRIMARY KEY,
            use text NOT NULL CHECK (use IN ('application', 'first_sign_in')),
            phone text NOT NULL CHECK (phone <> ''),
            of uuid,
            said text NOT NULL,
            asked_at timestamptz NOT NULL,
            digest bytea,
            good_until timestamptz,
            tries integer NOT NULL DEFAULT 0,
            proven_at timestamptz,
            spent_at timestamptz,
            client bytea,
            device bytea,
            secret bytea,
            CHECK ((digest IS NULL) = (good_until IS NULL)),
            CHECK ((use = 'first_sign_in') = (of IS NOT NULL)),
            CHECK ((use = 'application') = (secret IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_codes_of ON people.codes (of, asked_at) WHERE of IS NOT NULL")
    op.execute("CREATE INDEX ix_codes_asked_at ON people.codes (asked_at)")
    op.execute("CREATE INDEX ix_codes_phone ON people.codes (phone, asked_at)")
    op.execute("CREATE UNIQUE INDEX uq_codes_first_sign_in ON people.codes (digest) WHERE use = 'first_sign_in'")
    # Telephones are known to this face alone. None may remove a row: what a limit counts must not shrink.
    op.execute("GRANT SELECT, INSERT ON people.codes TO anpei_registry")
    op.execute("GRANT UPDATE (digest, good_until, spent_at) ON people.codes TO anpei_registry")
