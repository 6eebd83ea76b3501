"""What strangers may see: a certificate whose code, or whose number and name, they have; and their look-ups."""

from alembic import op

from migrations.first.pruning import FLOOR, may_be_pruned


def create() -> None:
    _certificates()
    _found()
    _lookups()
    _note_lookup()


def _certificates() -> None:
    # Two digits of the province and three of the serial number are enough to compare with a card in the hand. The check
    # digit is hidden too: it would leave one in eleven of the birth dates that somebody might try. The photo is opened
    # by who is given its key here: whoever has all sealed photos and the key of their purpose opens none of the others.
    op.execute(
        """
        CREATE VIEW certification.public_certificates AS
        SELECT c.public_code, c.name, c.position, c.category, c.item, c.category_en, c.item_en,
               left(c.number, length(c.number) - 16) || '************' || left(right(c.number, 4), 3) || '*'
                   AS masked_number,
               c.first_issued_on, c.valid_from, c.valid_until, c.regime, c.authority, c.demonstration,
               p.id AS photo_id, p.digest AS photo_digest, p.size AS photo_size, p.media_type AS photo_type,
               p.format AS photo_format,
               (SELECT k.sealed FROM kernel.file_keys k WHERE k.of = p.id ORDER BY k.sealed_at DESC LIMIT 1)
                   AS photo_key,
               (SELECT jsonb_agg(jsonb_build_array(l.entry, l.effective_on) ORDER BY l.id)
                  FROM certification.status_log l WHERE l.certificate_id = c.id) AS log,
               (SELECT jsonb_agg(jsonb_build_array(
                           s.format, s.algorithm, s.key_id, encode(s.signature, 'hex'), s.signed_at))
                  FROM certification.signatures s WHERE s.certificate_id = c.id AND s.over = 'statement') AS statements
          FROM certification.certificates c
          LEFT JOIN kernel.file_references r
                 ON r.purpose = 'certificate-photos' AND r.of = c.id AND r.name = ''
          LEFT JOIN kernel.files p ON p.id = r.file_id
        """
    )


def _found() -> None:
    # The public role cannot leaf through the view: it would be a list of people with their photos. Nor may it read a
    # digest of number and name: all but ten digits stand on the page, and a laptop tries those out in seconds.
    for name, given, condition in (
        ("certificate_of_code", "code text", "c.public_code = code"),
        ("certificates_of_digests", "one bytea, other bytea", "c.lookup_digest IN (one, other)"),
    ):
        op.execute(
            f"""
            CREATE FUNCTION certification.{name}({given}) RETURNS SETOF certification.public_certificates
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
                SELECT v.* FROM certification.certificates c
                  JOIN certification.public_certificates v ON v.public_code = c.public_code
                 WHERE {condition}
            $$
            """
        )
        op.execute(f"GRANT EXECUTE ON FUNCTION certification.{name} TO anpei_public")


def _lookups() -> None:
    op.execute(
        """
        CREATE TABLE certification.lookups (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL,
            client bytea NOT NULL,
            kind text NOT NULL CHECK (kind IN ('code', 'number')),
            missed_name bytea
        )
        """
    )
    op.execute("CREATE INDEX ix_lookups_client ON certification.lookups (client, at)")
    op.execute(
        "CREATE INDEX ix_lookups_missed ON certification.lookups (missed_name, at) WHERE missed_name IS NOT NULL"
    )
    # What the audit says too need not be kept for ever; whatever a limit may still count stays.
    op.execute(
        "CREATE TRIGGER counted BEFORE UPDATE OR TRUNCATE ON certification.lookups "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER young BEFORE DELETE ON certification.lookups FOR EACH ROW "
        f"WHEN (OLD.at > now() - {FLOOR}) EXECUTE FUNCTION kernel.refuse_change()"
    )
    may_be_pruned("certification.prune_lookups", "certification.lookups", where="r.at < before", role="anpei_registry")
    op.execute("GRANT SELECT ON certification.lookups TO anpei_registry")


def _note_lookup() -> None:
    # The public role writes no table but the audit. It may knock here: the look-up is counted, or refused.
    # A name is given, as a keyed digest, where a number and a name were looked up, and kept where they were not found.
    # Both limits of a day count misses only: whoever reads a number from a card finds it. By name, because nobody shall
    # try out the numbers of one person, from however many addresses.
    op.execute(
        """
        CREATE FUNCTION certification.note_lookup(
            lookup_id uuid, looked_at timestamptz, client_digest bytea, lookup_kind text, name_digest bytea,
            missed boolean, minute_start timestamptz, at_most integer, day_start timestamptz, misses_of_client integer,
            misses_of_name integer
        ) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        BEGIN
            PERFORM kernel.hold_in_passing('certification.lookups:' || pg_catalog.encode(client_digest, 'hex'));
            IF (SELECT count(*) FROM certification.lookups l
                 WHERE l.client = client_digest AND l.at > minute_start) >= at_most THEN
                RETURN 'too_often';
            END IF;
            IF name_digest IS NOT NULL THEN
                PERFORM kernel.hold_in_passing('certification.lookups:' || pg_catalog.encode(name_digest, 'hex'));
                IF (SELECT count(*) FROM certification.lookups l WHERE l.client = client_digest
                       AND l.at > day_start AND l.missed_name IS NOT NULL) >= misses_of_client THEN
                    RETURN 'client_missed';
                END IF;
                IF (SELECT count(*) FROM certification.lookups l
                     WHERE l.missed_name = name_digest AND l.at > day_start) >= misses_of_name THEN
                    RETURN 'name_missed';
                END IF;
            END IF;
            INSERT INTO certification.lookups (id, at, client, kind, missed_name)
                 VALUES (lookup_id, looked_at, client_digest, lookup_kind, CASE WHEN missed THEN name_digest END);
            RETURN 'noted';
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION certification.note_lookup FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION certification.note_lookup TO anpei_public")
    op.execute(
        "COMMENT ON FUNCTION certification.note_lookup IS "
        "'Counts a look-up, or says that there were too many; the limit is what the caller says. Whoever "
        "broke into the public face may read by code or digest without it, though never leaf through the register.'"
    )
