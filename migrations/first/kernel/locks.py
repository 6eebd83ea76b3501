"""Locks by name as rows, each of the role that made it: PostgreSQL's own locks by number belong to everybody."""

from alembic import op

from migrations.first.pruning import BATCH, FLOOR
from migrations.first.roles import EVERY_FACE


def create() -> None:
    _table()
    _holding()
    _in_passing()
    _trying()
    _passing()
    _pruning()


def _table() -> None:
    # UPDATE of one column is what locking a row takes; of the whole table it would also take LOCK TABLE.
    op.execute(
        """
        CREATE TABLE kernel.locks (
            role text NOT NULL,
            name text NOT NULL,
            made_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (role, name)
        )
        """
    )
    op.execute("ALTER TABLE kernel.locks ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON kernel.locks USING (role = current_user) WITH CHECK (role = current_user)")
    op.execute(f"GRANT SELECT, INSERT (role, name), UPDATE (name) ON kernel.locks TO {EVERY_FACE}")


def _holding() -> None:
    # A row of its own is held from its birth: whoever inserts the same one waits for us. Where it went between our
    # inserting in vain and our locking it (pruned, or its maker rolled back), it is tried again.
    op.execute(
        """
        CREATE FUNCTION kernel.hold(whose text, what text, together boolean) RETURNS void
        LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
        BEGIN
            LOOP
                IF together THEN
                    PERFORM FROM kernel.locks l WHERE l.role = whose AND l.name = what FOR SHARE;
                ELSE
                    PERFORM FROM kernel.locks l WHERE l.role = whose AND l.name = what FOR UPDATE;
                END IF;
                EXIT WHEN FOUND;
                INSERT INTO kernel.locks (role, name) VALUES (whose, what) ON CONFLICT DO NOTHING;
                EXIT WHEN FOUND;
            END LOOP;
        END
        $$
        """
    )
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.hold TO {EVERY_FACE}")


def _in_passing() -> None:
    # For what strangers ask, in functions that lend the owner's rights: nobody prunes for them. A row that its maker
    # has removed again still lets nobody else insert it before the maker has ended.
    op.execute(
        """
        CREATE FUNCTION kernel.hold_in_passing(what text) RETURNS void
        LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
        BEGIN
            PERFORM kernel.hold(session_user, what, false);
            DELETE FROM kernel.locks l WHERE l.role = session_user AND l.name = what;
        END
        $$
        """
    )


def _trying() -> None:
    # Whether a row is missing or held is seen by looking without locking. One that somebody is inserting at this moment
    # cannot be seen at all; the insert would wait for its maker, and gives up at once.
    op.execute(
        """
        CREATE FUNCTION kernel.try_to_hold(whose text, what text) RETURNS boolean
        LANGUAGE plpgsql VOLATILE SET search_path = '' SET lock_timeout = '1ms' AS $$
        BEGIN
            PERFORM FROM kernel.locks l WHERE l.role = whose AND l.name = what FOR UPDATE SKIP LOCKED;
            IF FOUND THEN
                RETURN true;
            END IF;
            IF EXISTS (SELECT FROM kernel.locks l WHERE l.role = whose AND l.name = what) THEN
                RETURN false;
            END IF;
            INSERT INTO kernel.locks (role, name) VALUES (whose, what) ON CONFLICT DO NOTHING;
            RETURN FOUND;
        EXCEPTION WHEN lock_not_available THEN
            RETURN false;
        END
        $$
        """
    )
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.try_to_hold TO {EVERY_FACE}")


def _passing() -> None:
    # What is undone to a savepoint gives back the locks taken since. Many who hold a row together would never let in
    # who wants it alone, for PostgreSQL lets newcomers join them: so all pass by a gate, which that one keeps shut.
    op.execute(
        """
        CREATE FUNCTION kernel.pass_by(whose text, what text) RETURNS void
        LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
        BEGIN
            PERFORM kernel.hold(whose, what, true);
            RAISE EXCEPTION USING ERRCODE = 'AN001';
        EXCEPTION WHEN SQLSTATE 'AN001' THEN
            NULL;
        END
        $$
        """
    )
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.pass_by TO {EVERY_FACE}")


def _pruning() -> None:
    """A lock that nobody holds is worth nothing, whatever its age; a role still removes none but its own."""
    op.execute(
        f"""
        CREATE FUNCTION kernel.prune_locks(before timestamptz) RETURNS integer
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
        DECLARE gone integer;
        BEGIN
            IF before > now() - {FLOOR} THEN
                RAISE EXCEPTION 'What is younger than 30 days is not removed.' USING ERRCODE = 'check_violation';
            END IF;
            DELETE FROM kernel.locks d USING (
                SELECT r.name FROM kernel.locks r WHERE r.role = session_user AND r.made_at < before
                 LIMIT {BATCH} FOR UPDATE SKIP LOCKED
            ) free
             WHERE d.role = session_user AND d.name = free.name;
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN gone;
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION kernel.prune_locks FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION kernel.prune_locks TO {EVERY_FACE}")
