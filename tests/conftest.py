"""One PostgreSQL for the whole test run: migrated once into a template, copied for each test process."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from psycopg import sql
from sqlalchemy.orm import Session

from kernel.actor import Actor
from kernel.faces import Face
from kernel.postgres import OWNER
from kernel.settings import Settings
from kernel.work import Work, Workplace
from web.machine import MIGRATIONS, Machine
from web.wiring import wiring

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

HOUSE = Path(__file__).parent.parent


def _schema_fingerprint() -> str:
    digest = hashlib.sha256()
    for file in sorted(MIGRATIONS.glob("**/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The test cluster outlives a run, so that the second run starts in a moment."""
    return Settings(var=HOUSE / "var" / "test", demonstration=True)


@pytest.fixture(scope="session")
def machine(settings: Settings) -> Iterator[Machine]:
    """A machine whose database is a fresh copy of the migrated template."""
    template = f"template_{_schema_fingerprint()}"
    maker = Machine(settings, database=template)
    server = maker.embedded
    with server.superuser() as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET max_connections = 300")
        connection.execute("SELECT pg_advisory_lock(20260601)")
        maker.migrate()
        name = f"test_{os.getpid()}"
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*map(sql.Identifier, (name, template, OWNER)))
        )
        connection.execute("SELECT pg_advisory_unlock(20260601)")
    yield Machine(settings, database=name)
    with server.superuser() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def workplace(machine: Machine, settings: Settings) -> Iterator[Workplace]:
    """The workplace of the test process, wired like the real one."""
    place = machine.workplace(wiring(settings))
    yield place
    place.engines.dispose()


class Works:
    """Opens works as somebody, through some face, all rolled back when the test ends."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.sessions: list[Session] = []

    def __call__(self, actor: Actor, face: Face) -> Work:
        session = Session(self.workplace.engines.of(face), expire_on_commit=False)
        self.sessions.append(session)
        return Work(
            session=session, actor=actor, now=self.workplace.clock.now(), face=face, keys=self.workplace.keys(face)
        )

    def close(self) -> None:
        for session in self.sessions:
            session.rollback()
            session.close()


@pytest.fixture
def work_as(workplace: Workplace) -> Iterator[Works]:
    works = Works(workplace)
    yield works
    works.close()
