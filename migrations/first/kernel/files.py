"""Files: what is known of each, who refers to it, and the keys of those that are sealed. Their bytes lie in a store."""

from alembic import op

from migrations.first.pruning import FLOOR, may_be_pruned

# Who keeps the files of a purpose. A purpose more is a migration, which a reviewer sees.
STEWARDS = {
    "photos": "anpei_registry",
    "certificate-photos": "anpei_registry",
    "films": "anpei_teaching",
    "lists": "anpei_registry",
    "printings": "anpei_testing",
    "licences": "anpei_registry",
}
READERS = {"photos": "anpei_testing"}
FOR_EVER = ("certificate-photos", "films")  # whoever refers to one of these is history itself
OF_TASKS = ("lists", "printings")  # what tasks were given, and what they made
KEEPERS = "anpei_teaching, anpei_testing, anpei_registry"
PRUNED_AT_ONCE = 100  # each holds a lock until the transaction ends, and forty batches may follow each other


def create() -> None:
    _files()
    _references()
    _keys()
    _policies()
    _grants()
    _pruning()


def _files() -> None:
    # Written so that PostgreSQL says it in the same words after a dump was restored; `(a, b) IN (…)` it does not.
    pairs = " ".join(f"WHEN '{purpose}' THEN '{role}'" for purpose, role in STEWARDS.items())
    op.execute(
        f"""
        CREATE TABLE kernel.files (
            id uuid PRIMARY KEY,
            purpose text NOT NULL,
            role text NOT NULL,
            digest bytea NOT NULL CHECK (length(digest) = 32),
            size bigint NOT NULL CHECK (size >= 0),
            stored bigint NOT NULL CHECK (stored >= size),
            media_type text NOT NULL,
            format integer CHECK (format > 0),
            kept_at timestamptz NOT NULL,
            touched_at timestamptz NOT NULL DEFAULT now(),
            UNIQUE (purpose, digest),
            UNIQUE (id, purpose),
            CHECK (role IS NOT DISTINCT FROM CASE purpose {pairs} END)
        )
        """
    )
    op.execute("CREATE INDEX ix_files_touched ON kernel.files (role, touched_at)")


def _references() -> None:
    op.execute(
        """
        CREATE TABLE kernel.file_references (
            purpose text NOT NULL,
            of uuid NOT NULL,
            name text NOT NULL,
            file_id uuid NOT NULL,
            referred_at timestamptz NOT NULL,
            PRIMARY KEY (purpose, of, name),
            FOREIGN KEY (file_id, purpose) REFERENCES kernel.files (id, purpose)
        )
        """
    )
    op.execute("CREATE INDEX ix_file_references_file ON kernel.file_references (file_id)")
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR TRUNCATE ON kernel.file_references "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    lasting = ", ".join(f"'{purpose}'" for purpose in FOR_EVER)
    op.execute(
        "CREATE TRIGGER for_ever BEFORE DELETE ON kernel.file_references FOR EACH ROW "
        f"WHEN (OLD.purpose IN ({lasting})) EXECUTE FUNCTION kernel.refuse_change()"
    )
    # Since when nobody refers to a file. Taking one up touches it too, so that pruning looks again.
    op.execute(
        """
        CREATE FUNCTION kernel.touch_file() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        BEGIN
            UPDATE kernel.files SET touched_at = now() WHERE id = coalesce(NEW.file_id, OLD.file_id);
            RETURN NULL;
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.touch_file FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER touched AFTER INSERT OR DELETE ON kernel.file_references "
        "FOR EACH ROW EXECUTE FUNCTION kernel.touch_file()"
    )


def _keys() -> None:
    # `what` is the purpose of the key with which a file's own key is sealed. It goes with its file, and never before.
    op.execute(
        """
        CREATE TABLE kernel.file_keys (
            what text NOT NULL,
            of uuid NOT NULL REFERENCES kernel.files ON DELETE CASCADE,
            key_id text NOT NULL,
            sealed bytea NOT NULL,
            digest bytea NOT NULL,
            sealed_at timestamptz NOT NULL,
            PRIMARY KEY (of, what, key_id),
            CHECK (digest = sha256(sealed))
        )
        """
    )
    op.execute("CREATE INDEX ix_file_keys_key ON kernel.file_keys (what, key_id)")
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR TRUNCATE ON kernel.file_keys "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute(
        """
        CREATE FUNCTION kernel.keep_last_file_key() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM kernel.files f WHERE f.id = OLD.of) AND NOT EXISTS (
                SELECT FROM kernel.file_keys k WHERE k.of = OLD.of AND k.key_id <> OLD.key_id
            ) THEN
                RAISE EXCEPTION 'The last key of a file is never removed before the file.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER last_copy BEFORE DELETE ON kernel.file_keys "
        "FOR EACH ROW EXECUTE FUNCTION kernel.keep_last_file_key()"
    )


def _policies() -> None:
    op.execute("ALTER TABLE kernel.files ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON kernel.files USING (role = current_user) WITH CHECK (role = current_user)")
    for purpose, reader in READERS.items():
        op.execute(f"CREATE POLICY read_{purpose} ON kernel.files FOR SELECT TO {reader} USING (purpose = '{purpose}')")
    for table, column in (("file_references", "file_id"), ("file_keys", "of")):
        seen = f"EXISTS (SELECT FROM kernel.files f WHERE f.id = {column})"
        own = f"EXISTS (SELECT FROM kernel.files f WHERE f.id = {column} AND f.role = current_user)"
        op.execute(f"ALTER TABLE kernel.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON kernel.{table} USING ({own}) WITH CHECK ({own})")
        op.execute(f"CREATE POLICY seen ON kernel.{table} FOR SELECT USING ({seen})")


def _grants() -> None:
    tables = "kernel.files, kernel.file_references, kernel.file_keys"
    op.execute(f"GRANT SELECT, INSERT ON {tables} TO {KEEPERS}")
    op.execute("GRANT DELETE ON kernel.file_references TO anpei_testing, anpei_registry")


def _pruning() -> None:
    _prune_files()
    purposes = ", ".join(f"'{purpose}'" for purpose in OF_TASKS)
    own = "EXISTS (SELECT FROM kernel.files f WHERE f.id = r.file_id AND f.role = session_user)"
    idle = "NOT EXISTS (SELECT FROM kernel.tasks t WHERE t.id = r.of AND t.ended_at IS NULL)"
    may_be_pruned(
        "kernel.prune_task_files",
        "kernel.file_references",
        where=f"r.purpose IN ({purposes}) AND r.referred_at < before AND {own} AND {idle}",
        role="anpei_testing, anpei_registry",
        key="ctid",  # no one column names a reference, and within one statement its place does
    )


def _prune_files() -> None:
    """Rows of files to which nobody has referred for long. Whoever takes one up again holds the same lock meanwhile."""
    op.execute(
        f"""
        CREATE FUNCTION kernel.prune_files(before timestamptz) RETURNS integer
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
        DECLARE gone integer;
        BEGIN
            IF before > now() - {FLOOR} THEN
                RAISE EXCEPTION 'What is younger than 30 days is not removed.' USING ERRCODE = 'check_violation';
            END IF;
            DELETE FROM kernel.files d USING (
                SELECT c.id FROM (
                    SELECT r.id, r.purpose, r.digest FROM kernel.files r
                     WHERE r.role = session_user AND r.touched_at < before
                       AND NOT EXISTS (SELECT FROM kernel.file_references f WHERE f.file_id = r.id)
                     LIMIT {PRUNED_AT_ONCE}
                ) c
                 WHERE kernel.try_to_hold(
                           session_user, 'kernel.file:' || c.purpose || '/' || pg_catalog.encode(c.digest, 'hex'))
            ) free
             WHERE d.id = free.id AND d.touched_at < before;
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN gone;
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.prune_files FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.prune_files TO {KEEPERS}")
