"""Accounts and their password hashes, sign-ins and how they end, and sign-ins that failed."""

from alembic import op

from migrations.first.pruning import may_be_pruned
from migrations.first.roles import EVERY_FACE

DEFINER = "SECURITY DEFINER SET search_path = ''"


def create() -> None:
    _accounts()
    _password_hashes()
    _sessions()
    _moving()
    _ending_all()
    _guesses()


def _accounts() -> None:
    op.execute(
        """
        CREATE TABLE people.accounts (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL REFERENCES people.persons (id),
            username text NOT NULL UNIQUE,
            password_hash text NOT NULL,
            roles jsonb NOT NULL,
            organisation_id uuid,
            region_code text REFERENCES people.regions (code),
            is_demonstration boolean NOT NULL,
            one_time_until timestamptz,
            opened_at timestamptz NOT NULL,
            closed_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX ix_accounts_person_id ON people.accounts (person_id)")
    op.execute("CREATE INDEX ix_accounts_organisation_id ON people.accounts (organisation_id)")
    op.execute(
        "GRANT SELECT (id, person_id, username, roles, organisation_id, region_code, is_demonstration, one_time_until, "
        f"opened_at, closed_at) ON people.accounts TO {EVERY_FACE}"
    )
    op.execute("GRANT INSERT, UPDATE ON people.accounts TO anpei_registry")


def _password_hashes() -> None:
    """No face may read the column. Where it signs people in it asks for one name, and only for those who work there.

    Whoever has broken into teaching must not carry away what opens the accounts of question authors.
    """
    op.execute(
        """
        CREATE FUNCTION people.password_hash_of(login text) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
            SELECT password_hash FROM people.accounts WHERE username = login AND CASE session_user
                WHEN 'anpei_registry' THEN true
                WHEN 'anpei_teaching' THEN roles <@ '["worker", "teacher", "training_manager"]'
                WHEN 'anpei_authoring' THEN roles <@ '["question_author", "question_reviewer", "question_approver"]'
                WHEN 'anpei_testing' THEN roles <@ '["worker", "exam_officer", "invigilator", "examiner"]'
                ELSE false
            END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION people.password_hash_of FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION people.password_hash_of TO {EVERY_FACE}")


def _sessions() -> None:
    op.execute(
        """
        CREATE TABLE people.sessions (
            token_digest bytea PRIMARY KEY,
            account_id uuid NOT NULL REFERENCES people.accounts (id),
            opened_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            ended_at timestamptz,
            address text NOT NULL,
            opened_by text NOT NULL DEFAULT current_user
        )
        """
    )
    op.execute("CREATE INDEX ix_sessions_account_id ON people.sessions (account_id)")
    # Nobody was there after `before`: whatever it is, such a sign-in opens nothing any more.
    over = "r.seen_at < before AND coalesce(r.ended_at, r.seen_at) < before"
    may_be_pruned("people.prune_sessions", "people.sessions", where=over, role="anpei_registry", key="token_digest")
    # Where faces have hosts of their own, each opens sign-ins for itself; what the registry opened holds everywhere.
    # Else whoever has broken into teaching could write themselves the sign-in of a question author.
    op.execute("ALTER TABLE people.sessions ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY open ON people.sessions FOR INSERT WITH CHECK (opened_by = current_user)")
    op.execute(
        "CREATE POLICY select_known ON people.sessions FOR SELECT USING (opened_by IN (current_user, 'anpei_registry'))"
    )
    op.execute(f"GRANT SELECT, INSERT ON people.sessions TO {EVERY_FACE}")


def _moving() -> None:
    """No face may end any sign-in that it can see: on one machine that would be everybody's.

    It asks for the token itself, for the digests stand in the table. Noting that somebody is there takes the digest: it
    only ever moves forward, so nobody can be made idle with it. A sign-in that has ended is never opened again.
    """
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


def _ending_all() -> None:
    """The registry closes an account at once and everywhere, though it neither sees nor believes others' sign-ins."""
    op.execute(
        """
        CREATE FUNCTION people.end_sessions_of(account uuid, besides bytea, moment timestamptz) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
            WITH ended AS (
                UPDATE people.sessions SET ended_at = moment
                WHERE account_id = account AND ended_at IS NULL AND token_digest <> besides RETURNING 1
            ) SELECT count(*) FROM ended
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION people.end_sessions_of FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION people.end_sessions_of TO anpei_registry")


def _guesses() -> None:
    op.execute(
        """
        CREATE TABLE people.guesses (
            id uuid PRIMARY KEY,
            name_mark bytea NOT NULL,
            address text NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_guesses_at ON people.guesses (at)")
    op.execute(f"GRANT SELECT, INSERT ON people.guesses TO {EVERY_FACE}")
    may_be_pruned("people.prune_guesses", "people.guesses", where="r.at < before", role="anpei_registry")
