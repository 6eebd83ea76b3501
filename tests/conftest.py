"""One PostgreSQL for the whole test run: migrated once into a template, copied for each test process."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest
from psycopg import Connection, sql
from sqlalchemy.orm import Session

from host import demonstration
from host.machine import MIGRATIONS, Machine
from host.postgres import OWNER
from host.wiring import wiring
from kernel.actor import Actor
from kernel.faces import Face
from kernel.ids import new_id
from kernel.settings import Settings
from kernel.work import Work, Workplace
from tests.passwords import hash_cheaply
from tests.site import Site, serving

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
hash_cheaply()

HOUSE = Path(__file__).parent.parent
PACKAGES = (
    "kernel",
    "people",
    "question_bank",
    "simulations",
    "training",
    "exams",
    "certification",
    "migrations",
    "web",
    "host",
)


DEMONSTRATION_SUFFIXES = {".py", ".yaml", ".md"}  # what the demonstration's content is made of and by
_DROP = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _schema() -> str:
    return "template_" + _fingerprint(*MIGRATIONS.glob("**/*.py"))


def _demonstration() -> str:
    files = (file for package in PACKAGES for file in (HOUSE / package).glob("**/*"))
    return "demo_" + _fingerprint(*(file for file in files if file.suffix in DEMONSTRATION_SUFFIXES))


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The test cluster outlives a run, so that the second run starts in a moment."""
    return Settings(var=HOUSE / "var" / "test", demonstration=True)


class Copies:
    """Databases copied from templates, each template made once and shared by all test processes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server = Machine(settings, database="postgres").embedded
        with self.server.superuser() as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    @contextmanager
    def copy_of(self, template: str, fill: Callable[[Machine], None]) -> Iterator[Machine]:
        """A machine with a fresh copy of `template`, which `fill` makes where it is missing."""
        name = f"test_{new_id().hex}"
        with self.server.superuser() as connection:
            connection.execute("SELECT pg_advisory_lock(20260601)")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
                self._make(connection, template, fill)
            _create(connection, name, template)
            connection.execute("SELECT pg_advisory_unlock(20260601)")
        own_witness = {"witness_file": self.settings.var / "audit" / f"{name}.log"}
        try:
            yield Machine(self.settings.model_copy(update=own_witness), database=name)
        finally:
            with self.server.superuser() as connection:
                connection.execute(_DROP.format(sql.Identifier(name)))

    def migrated(self) -> AbstractContextManager[Machine]:
        """A machine with an empty, migrated database of its own."""
        return self.copy_of(_schema(), _migrate)

    def _make(self, connection: Connection, template: str, fill: Callable[[Machine], None]) -> None:
        unfinished = f"unfinished_{os.getpid()}"
        maker = Machine(self.settings, database=unfinished)
        self.server.create_database(unfinished)
        fill(maker)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(template)))


def _create(connection: Connection, name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
    connection.execute(statement.format(*map(sql.Identifier, (name, template, OWNER))))


@pytest.fixture(scope="session")
def copies(settings: Settings) -> Copies:
    return Copies(settings)


def _migrate(machine: Machine) -> None:
    machine.migrate()


@pytest.fixture(scope="session")
def machine(copies: Copies) -> Iterator[Machine]:
    """A machine with an empty, migrated database for this test process."""
    with copies.migrated() as made:
        yield made


def _demonstrate(machine: Machine) -> None:
    machine.migrate()
    place = machine.workplace(wiring(machine.settings))
    demonstration.load(place, lambda *_: None)
    place.engines.dispose()


@pytest.fixture(scope="module")
def site(copies: Copies) -> Iterator[Site]:
    """The running platform with the demonstration's people and content; each test file has one of its own."""
    with copies.copy_of(_demonstration(), _demonstrate) as made, serving(made.workplace(wiring(made.settings))) as site:
        yield site


@pytest.fixture(scope="session")
def workplace(machine: Machine) -> Iterator[Workplace]:
    """The workplace of the test process, wired like the real one."""
    place = machine.workplace(wiring(machine.settings))
    yield place
    place.engines.dispose()


@pytest.fixture(scope="module")
def own_workplace(copies: Copies) -> Iterator[Workplace]:
    """A workplace whose database no other file uses: for tests that commit, where others count what is there."""
    with copies.migrated() as made:
        place = made.workplace(wiring(made.settings))
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
