"""The machine this process runs on: its database, embedded or elsewhere, and the workplace of a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from host.connections import set_limits
from host.key_making import make_missing_keys
from host.postgres import DATABASE, OWNER, EmbeddedServer, kept_alive
from kernel.actor import platform
from kernel.clock import Clock
from kernel.db import Engines
from kernel.errors import N_, Problem
from kernel.events import Wiring
from kernel.faces import Face
from kernel.founding import found, kind_of, require_founded_as
from kernel.keys import SIGNING, Keyring, audit_of
from kernel.rotation import announce_first_key
from kernel.secrets import password
from kernel.settings import Settings, with_driver
from kernel.work import Workplace

ONE_AT_A_TIME = 7_153_029  # an advisory lock: two starting processes must not make the same role
OLDEST = 15  # the first with UNIQUE NULLS NOT DISTINCT
DATABASE_IS_AWAY = (OperationalError, psycopg.OperationalError)
MIGRATIONS = Path(__file__).parent.parent / "migrations"


class DatabaseTooOld(Problem):
    sentence = N_("This PostgreSQL server is version %(version)s; Anpei needs %(oldest)s or newer.")


class NotMigrated(Problem):
    sentence = N_("The database is not at its newest version. Bring it there first: anpei migrate")


class PasswordUnknown(Problem):
    sentence = N_(
        "The role %(role)s cannot sign in with the password this machine keeps in %(folder)s: another installation "
        "made it. Copy that folder here, or set ANPEI_FACE_DATABASE_URLS__%(face)s. The server said: %(said)s"
    )


class Machine:
    """Where the data of this installation is, and how each login reaches it."""

    def __init__(self, settings: Settings, *, database: str = DATABASE) -> None:
        self.settings = settings
        self.database = database
        self.passwords = settings.keys_folder / "database"

    @cached_property
    def embedded(self) -> EmbeddedServer:
        """The server under `var`, started on first use; only where no database address is set."""
        server = EmbeddedServer(self.settings.var / "postgres", self.passwords)
        server.create_database(self.database)
        return server

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Within the block the embedded server is started again whenever it ends. One elsewhere has its own keepers."""
        if self.settings.database_url or set(self.settings.face_database_urls) == set(Face):
            yield
        else:
            with kept_alive(self.embedded):
                yield

    def owner_url(self) -> URL:
        """Where migrations sign in."""
        return self.settings.owner_url() or self.embedded.url(OWNER, self.database)

    def face_url(self, face: Face) -> URL:
        """Where the role of a face signs in."""
        if face in self.settings.face_database_urls:
            return with_driver(self.settings.face_database_urls[face])
        return self.owner_url().set(username=face.role, password=password(self.passwords / face.role))

    def migrate(self) -> list[str]:
        """Make the login roles where they are missing, set their limits, and bring the schema to its newest version.

        Keys are made with an installation, and its audit begins by saying what it is. Returns the names of the keys
        that were made once and are not on this host.

        Raises:
            DatabaseTooOld, PasswordUnknown, OtherKind, OtherSite.
        """
        self._make_roles()
        config = _versions()
        config.attributes["url"] = self.owner_url()
        command.upgrade(config, "head")
        self._require_doors()
        away = self._make_keys()
        self.require_kind(self.owner_url())
        return away

    def require_kind(self, url: URL) -> None:
        """Have this process started as what the installation was founded as. Raises OtherKind, OtherSite."""
        engine = create_engine(url)
        with engine.connect() as connection:
            require_founded_as(connection, self.settings)
        engine.dispose()

    def require_newest(self, connection: Connection) -> None:
        """Raises NotMigrated where the database is not at the newest version: its catalogue says little then."""
        if MigrationContext.configure(connection).get_current_revision() != _newest():
            raise NotMigrated

    def _make_keys(self) -> list[str]:
        engine = create_engine(self.owner_url())
        with engine.connect() as connection:
            away = make_missing_keys(connection, self.settings.keys_folder, Clock().now())
        engine.dispose()
        if SIGNING.name not in away and audit_of(Face.REGISTRY).name not in away:
            self._found()
        return away

    def _found(self) -> None:
        place = self.workplace(Wiring())
        with place.transaction(platform("founding"), Face.REGISTRY) as work:
            found(work, kind_of(self.settings))
            announce_first_key(work)
        place.engines.dispose()

    def _make_roles(self) -> None:
        engine = create_engine(self.owner_url())
        with engine.connect() as connection:
            _require_new_enough(connection)
            connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))  # until this connection is closed
            for face in Face:
                found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": face.role})
                if found.first():
                    continue
                statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(face.role), password(self.passwords / face.role)
                )
                connection.execute(text(statement.as_string(None)))
                connection.commit()
            set_limits(connection, self.settings.workers)
        engine.dispose()

    def _require_doors(self) -> None:
        """Roles belong to the whole server: one that was there already may have a password made elsewhere."""
        for face in set(Face) - set(self.settings.face_database_urls):
            try:
                self.knock(face)
            except OperationalError as fault:
                said = str(fault.orig).strip().rpartition("\n")[2]
                raise PasswordUnknown(role=face.role, folder=str(self.passwords), face=face.name, said=said) from None

    def require_keys(self, face: Face) -> None:
        """Have the keys of a face on this host. Raises KeyMissing."""
        Keyring(self.settings.keys_folder, face).require()

    def knock(self, face: Face) -> None:
        """Sign in once as the role of a face. Raises OperationalError where that does not work."""
        engine = create_engine(self.face_url(face))
        try:
            engine.connect().close()
        finally:
            engine.dispose()

    def clock(self) -> Clock:
        """A clock that reckons as all processes of this machine do."""
        return Clock(self.settings.var / "clock")

    def workplace(self, wiring: Wiring, clock: Clock | None = None) -> Workplace:
        """What a process of this machine works with."""
        return Workplace(
            settings=self.settings, engines=Engines(self.face_url), wiring=wiring, clock=clock or self.clock()
        )


def _require_new_enough(connection: Connection) -> None:
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    if version < OLDEST:
        raise DatabaseTooOld(version=version, oldest=OLDEST)


def _versions() -> Config:
    """The migrations: one line of versions, in the order of their files."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _newest() -> str | None:
    return ScriptDirectory.from_config(_versions()).get_current_head()
