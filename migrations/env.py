"""How migrations run: as the owner, one transaction each, and never waiting long for a lock."""

from alembic import context
from sqlalchemy import Connection, create_engine, text

from migrations.limits import SET_LIMITS

ONE_AT_A_TIME = 7_153_028  # an advisory lock: two starting processes must not migrate at once


def migrate(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
    for limit in SET_LIMITS:
        connection.execute(text(limit))
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text(f"SELECT pg_advisory_unlock({ONE_AT_A_TIME})"))


def write_down() -> None:
    """The statements instead of the deed, for whoever reviews them."""
    context.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, transaction_per_migration=True)
    for limit in SET_LIMITS:
        context.execute(limit)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if context.is_offline_mode():
    write_down()
elif given is not None:
    migrate(given)
else:
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as fresh:
        migrate(fresh)
    engine.dispose()
