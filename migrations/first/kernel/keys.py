"""The succession of signing keys, and what keeps the last copy of anything that is sealed."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _signing_keys()
    _last_copies()


def _signing_keys() -> None:
    # One succession: each key follows one other, and only the first follows none. Every row carries the proof of it.
    op.execute(
        """
        CREATE TABLE kernel.signing_keys (
            id text PRIMARY KEY,
            algorithm text NOT NULL,
            public bytea NOT NULL,
            begins_at timestamptz NOT NULL,
            predecessor text UNIQUE NULLS NOT DISTINCT REFERENCES kernel.signing_keys,
            by_itself bytea NOT NULL,
            by_predecessor bytea,
            CHECK ((predecessor IS NULL) = (by_predecessor IS NULL))
        )
        """
    )
    only_added("kernel.signing_keys")
    op.execute("GRANT SELECT, INSERT ON kernel.signing_keys TO anpei_registry")
    # The public face reads no table. Whoever verifies asks here, and believes what the signatures say of it.
    op.execute(
        """
        CREATE FUNCTION kernel.announced_keys() RETURNS SETOF kernel.signing_keys
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
            SELECT * FROM kernel.signing_keys ORDER BY begins_at
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.announced_keys FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION kernel.announced_keys TO anpei_registry, anpei_public")


def _last_copies() -> None:
    # Sealing anew adds a row and takes the old one out. No face may do the second; the owner may, never the last one.
    op.execute(
        """
        CREATE FUNCTION kernel.keep_last_copy() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            others integer;
        BEGIN
            EXECUTE format(
                'SELECT count(*) FROM (SELECT FROM %I.%I WHERE what = $1 AND of = $2 AND key_id <> $3 FOR UPDATE) o',
                TG_TABLE_SCHEMA, TG_TABLE_NAME
            ) INTO others USING OLD.what, OLD.of, OLD.key_id;
            IF others = 0 THEN
                RAISE EXCEPTION 'The last sealed copy of anything is never removed.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END
        $$
        """
    )
