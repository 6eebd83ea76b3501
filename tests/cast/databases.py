"""Databases for tests: each kind is made once into a template, and copied for each test process."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from psycopg import Connection, sql

from host import demonstration
from host.machine import MIGRATIONS, Machine
from host.postgres import OWNER
from host.wiring import wiring
from kernel.ids import new_id
from kernel.settings import Settings

HOUSE = Path(__file__).parent.parent.parent
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
DEMONSTRATION_SUFFIXES = {".py", ".yaml", ".csv", ".md"}  # what the demonstration's content is made of and by
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


class Copies:
    """Databases copied from templates, each template made once and shared by all test processes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server = Machine(settings, database="postgres").embedded
        with self.server.superuser() as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    @contextmanager
    def unfounded(self) -> Iterator[Machine]:
        """The same before it was said what it is, and before any key was made for it."""
        with self.migrated() as made:
            with made.embedded.superuser(made.database) as connection:
                connection.execute("SET session_replication_role = replica")
                for table in ("signing_keys", "audit", "installation"):
                    connection.execute(f"DELETE FROM kernel.{table}")
                connection.execute("UPDATE kernel.audit_numbers SET last = 0")
            yield made

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
        _copy_files(self.settings.var / "files" / template, own := self.settings.var / "files" / name)
        messages = self.settings.var / "messages" / name
        apart = {"witness_file": self.settings.var / "audit" / f"{name}.log", "files": str(own), "messages": messages}
        try:
            yield Machine(self.settings.model_copy(update=apart), database=name)
        finally:
            shutil.rmtree(own, ignore_errors=True)
            shutil.rmtree(messages, ignore_errors=True)
            with self.server.superuser() as connection:
                connection.execute(_DROP.format(sql.Identifier(name)))

    def migrated(self) -> AbstractContextManager[Machine]:
        """A machine with an empty, migrated database of its own."""
        return self.copy_of(_schema(), _migrate)

    def demonstrated(self) -> AbstractContextManager[Machine]:
        """A machine with a database of its own that holds the demonstration's people and content."""
        return self.copy_of(_demonstration(), _demonstrate)

    def _make(self, connection: Connection, template: str, fill: Callable[[Machine], None]) -> None:
        unfinished = f"unfinished_{os.getpid()}"
        files = self.settings.var / "files" / template
        maker = Machine(self.settings.model_copy(update={"files": str(files)}), database=unfinished)
        self.server.create_database(unfinished)
        fill(maker)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(template)))


def _copy_files(template: Path, own: Path) -> None:
    """A file that is kept is never written to, so a second name for it is a copy."""
    own.mkdir(parents=True)
    if template.is_dir():
        shutil.copytree(template, own, copy_function=os.link, dirs_exist_ok=True)


def _create(connection: Connection, name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
    connection.execute(statement.format(*map(sql.Identifier, (name, template, OWNER))))


def _migrate(machine: Machine) -> None:
    machine.migrate()


def _demonstrate(machine: Machine) -> None:
    machine.migrate()
    place = machine.workplace(wiring(machine.settings))
    demonstration.load(place, lambda *_: None)
    place.engines.dispose()
