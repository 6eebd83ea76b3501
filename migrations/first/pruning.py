"""Removing what has had its time. Each function refuses what is younger than its floor, whoever asks and whatever is
configured, and removes a batch, so that no lock is held long.
"""

from alembic import op

BATCH = 5_000
FLOOR = "interval '30 days'"


def may_be_pruned(name: str, table: str, *, where: str, role: str, key: str = "id") -> None:
    """Give `role` the function `name`(before), which removes a batch of the rows of `table` that `where` names.

    `where` is over the row `r` and the moment `before`; how many went is returned.
    """
    op.execute(
        f"""
        CREATE FUNCTION {name}(before timestamptz) RETURNS integer
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
        DECLARE gone integer;
        BEGIN
            IF before > now() - {FLOOR} THEN
                RAISE EXCEPTION 'What is younger than 30 days is not removed.' USING ERRCODE = 'check_violation';
            END IF;
            DELETE FROM {table} d WHERE d.{key} IN (SELECT r.{key} FROM {table} r WHERE {where} LIMIT {BATCH});
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN gone;
        END
        $$
        """
    )
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {role}")
