"""Sign-ins are ended by whoever holds their token."""

from alembic import op

revision = "0013_kernel"
down_revision = "0006b_practicals"
branch_labels = None
depends_on = None

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"
DEFINER = "SECURITY DEFINER SET search_path = ''"


def upgrade() -> None:
    _sign_ins()


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
