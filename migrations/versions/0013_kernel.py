"""Sign-ins are ended by whoever holds their token; certificates carry a signature that strangers can verify."""

from alembic import op

revision = "0013_kernel"
down_revision = "0008_attempts"
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"
DEFINER = "SECURITY DEFINER SET search_path = ''"


def upgrade() -> None:
    _sign_ins()
    _statements()
    _what_look_ups_promise()


def _sign_ins() -> None:
    """No face may end any sign-in that it can see: on one machine that would be everybody's.

    It asks for the token itself, for the digests stand in the table. Noting that somebody is there takes the digest: it
    only ever moves forward, so nobody can be made idle with it.
    """
    op.execute("DROP POLICY update_known ON people.sessions")
    op.execute(f"REVOKE UPDATE ON people.sessions FROM {EVERY_FACE}")
    op.execute(f"REVOKE UPDATE (seen_at, ended_at) ON people.sessions FROM {EVERY_FACE}")
    known = "opened_by IN (session_user, 'anpei_registry')"
    op.execute(
        f"""
        CREATE FUNCTION people.end_session(token text, moment timestamptz) RETURNS uuid
        LANGUAGE sql VOLATILE {DEFINER} AS $$
            UPDATE people.sessions SET ended_at = moment
            WHERE token_digest = pg_catalog.sha256(pg_catalog.convert_to(token, 'UTF8'))
              AND ended_at IS NULL AND {known}
            RETURNING account_id
        $$
        """
    )
    op.execute(
        f"""
        CREATE FUNCTION people.note_seen(digest bytea, moment timestamptz) RETURNS void
        LANGUAGE sql VOLATILE {DEFINER} AS $$
            UPDATE people.sessions SET seen_at = moment
            WHERE token_digest = digest AND ended_at IS NULL AND seen_at < moment AND {known}
        $$
        """
    )
    op.execute(
        f"""
        CREATE FUNCTION people.end_demonstration(moment timestamptz) RETURNS void
        LANGUAGE sql VOLATILE {DEFINER} AS $$
            UPDATE people.sessions s SET ended_at = moment FROM people.accounts a
            WHERE a.id = s.account_id AND a.is_demonstration AND s.ended_at IS NULL AND {known}
        $$
        """
    )
    for function in ("end_session", "note_seen", "end_demonstration"):
        op.execute(f"REVOKE ALL ON FUNCTION people.{function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION people.{function} TO {EVERY_FACE}")


def _statements() -> None:
    """A signature of the registry over what strangers are shown; certificates from before get theirs by its worker."""
    op.execute(
        """
        CREATE TABLE certification.statements (
            certificate_id uuid PRIMARY KEY REFERENCES certification.certificates,
            signature bytea NOT NULL,
            signed_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON certification.statements "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute("GRANT SELECT, INSERT ON certification.statements TO anpei_registry")
    op.execute(
        """
        CREATE OR REPLACE VIEW certification.public_certificates AS
        SELECT c.public_code, c.name, c.position, c.category, c.item, c.category_en, c.item_en,
               left(c.number, length(c.number) - 16) || '************' || left(right(c.number, 4), 3) || '*'
                   AS masked_number,
               c.first_issued_on, c.valid_from, c.valid_until, c.regime, c.authority, c.demonstration,
               p.jpeg AS photo,
               (SELECT jsonb_agg(jsonb_build_array(l.entry, l.effective_on) ORDER BY l.id)
                  FROM certification.status_log l WHERE l.certificate_id = c.id) AS log,
               s.signature AS statement
          FROM certification.certificates c
          LEFT JOIN certification.certificate_photos p ON p.certificate_id = c.id
          LEFT JOIN certification.statements s ON s.certificate_id = c.id
        """
    )


def _what_look_ups_promise() -> None:
    """0007 promised more than it holds: counting and auditing are the deed's own, not the database's."""
    op.execute(
        "COMMENT ON FUNCTION certification.note_lookup IS "
        "'Counts and audits a look-up, or says that there were too many; the limit is what the caller says. Whoever "
        "broke into the public face may read by code or digest without it, though never leaf through the register.'"
    )
