"""How migrations run: as the owner, one transaction each, and never waiting long for a lock."""

from alembic import context
from sqlalchemy import Connection, create_engine, text

LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"
ONE_AT_A_TIME = 7_153_028  # an advisory lock: two starting processes must not migrate at once


def migrate(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text(f"SELECT pg_advisory_unlock({ONE_AT_A_TIME})"))


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as fresh:
        migrate(fresh)
    engine.dispose()
