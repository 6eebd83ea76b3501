"""Certification: refusals opened again, certificates given out once more, fewer digits and tries for strangers."""

from alembic import op

revision = "0014_certification"
down_revision = "0010_practicals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _reopenings()
    _reissues()
    op.execute("ALTER TABLE certification.eligibilities ADD COLUMN outline_name text CHECK (outline_name <> '')")
    _public()


def _reopenings() -> None:
    """A refused application is opened again: every round has a decision of its own, and none is taken out."""
    op.execute(
        """
        ALTER TABLE certification.decisions
            ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round > 0),
            ADD COLUMN authority_id uuid,
            DROP CONSTRAINT decisions_pkey,
            ADD PRIMARY KEY (application_id, round)
        """
    )
    op.execute("ALTER TABLE certification.decisions ALTER COLUMN round DROP DEFAULT")
    op.execute(
        """
        CREATE TABLE certification.reopenings (
            application_id uuid NOT NULL,
            round integer NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            reopened_at timestamptz NOT NULL,
            reopened_by uuid NOT NULL,
            PRIMARY KEY (application_id, round),
            FOREIGN KEY (application_id, round) REFERENCES certification.decisions (application_id, round)
        )
        """
    )
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON certification.reopenings "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute("GRANT SELECT, INSERT ON certification.reopenings TO anpei_registry")


def _reissues() -> None:
    """A lost card, a misspelt name: the same certificate with a code of its own, once from each."""
    op.execute(
        "ALTER TABLE certification.certificates "
        "ADD COLUMN reissue_of uuid UNIQUE REFERENCES certification.certificates, "
        "ADD CHECK (reissue_of IS NULL OR (application_id IS NULL AND predecessor_id IS NULL))"
    )


def _public() -> None:
    # Two digits of the province and three of the serial number are enough to compare with a card in the hand. The check
    # digit is hidden too: it would leave one in eleven of the birth dates that somebody might try.
    op.execute(
        """
        CREATE OR REPLACE VIEW certification.public_certificates AS
        SELECT c.public_code, c.name, c.position, c.category, c.item, c.category_en, c.item_en,
               left(c.number, length(c.number) - 16) || '************' || left(right(c.number, 4), 3) || '*'
                   AS masked_number,
               c.first_issued_on, c.valid_from, c.valid_until, c.regime, c.authority, c.demonstration,
               p.jpeg AS photo,
               (SELECT jsonb_agg(jsonb_build_array(l.entry, l.effective_on) ORDER BY l.id)
                  FROM certification.status_log l WHERE l.certificate_id = c.id) AS log
          FROM certification.certificates c
          LEFT JOIN certification.certificate_photos p ON p.certificate_id = c.id
        """
    )
    op.execute("ALTER TABLE certification.lookups ADD COLUMN missed_name bytea")
    op.execute(
        "CREATE INDEX ix_lookups_missed ON certification.lookups (missed_name, at) WHERE missed_name IS NOT NULL"
    )
    op.execute("DROP FUNCTION certification.note_lookup")
    # A name is given, as a keyed digest, where a number and a name were looked up, and kept where they were not found.
    # Both limits of a day count misses only: whoever reads a number from a card finds it. By name, because nobody shall
    # try out the numbers of one person, from however many addresses.
    op.execute(
        """
        CREATE FUNCTION certification.note_lookup(
            lookup_id uuid, looked_at timestamptz, client_digest bytea, lookup_kind text, name_digest bytea,
            missed boolean, minute_start timestamptz, at_most integer, day_start timestamptz, misses_of_client integer,
            misses_of_name integer, actor text, lookup_facts jsonb, author_mac bytea
        ) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        BEGIN
            PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(pg_catalog.encode(client_digest, 'hex')));
            IF (SELECT count(*) FROM certification.lookups l
                 WHERE l.client = client_digest AND l.at > minute_start) >= at_most THEN
                RETURN 'too_often';
            END IF;
            IF name_digest IS NOT NULL THEN
                PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(pg_catalog.encode(name_digest, 'hex')));
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
            INSERT INTO kernel.audit (id, at, face, actor_name, name, facts, mac)
                 VALUES (lookup_id, looked_at, 'public', actor, 'certification.certificate_looked_up',
                         lookup_facts, author_mac);
            RETURN 'noted';
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION certification.note_lookup FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION certification.note_lookup TO anpei_public")
