"""An audit that is sealed, and who may tamper with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import Connection, connect

from host.machine import Machine
from kernel import audit, walk
from kernel.actor import ANYONE
from kernel.faces import Face
from kernel.ledger import public_keys
from kernel.settings import libpq
from kernel.witness import show_to_witness
from kernel.work import Workplace

TABLES = ("audit", "audit_chain", "audit_checkpoints")


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    return tmp_path / "witness.log"


@pytest.fixture
def database_superuser(machine: Machine) -> Iterator[Connection]:
    """Someone who has broken into the database server itself: triggers do not stop them."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
        wipe(connection)


def wipe(connection: Connection) -> None:
    """An audit of an installation that was founded a moment ago; nor is it said which key it is signed with."""
    for table in ("audit_chain", "audit_checkpoints", "signing_keys"):
        connection.execute(f"DELETE FROM kernel.{table}")
    connection.execute("DELETE FROM kernel.audit WHERE name <> 'kernel.founded'")
    connection.execute("UPDATE kernel.audit_numbers SET last = CASE face WHEN 'registry' THEN 1 ELSE 0 END")


@pytest.fixture
def sealed(workplace: Workplace, witness: Path, database_superuser: Connection) -> Workplace:
    wipe(database_superuser)
    show(workplace, witness)
    for number in range(5):
        with workplace.transaction(ANYONE, Face.LEARNING) as work:
            work.note("tests.happened", number=number)
    seal(workplace)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened", number=5)
    seal(workplace)
    show(workplace, witness)
    return workplace


def seal(workplace: Workplace) -> None:
    with workplace.transaction(ANYONE, Face.REGISTRY) as work:
        audit.seal(work.session, work.keys, work.now)


def findings(workplace: Workplace, witness: Path | None, newest: int | None = None) -> list[str]:
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        path = walk.Walk(
            reading.session,
            workplace.settings.keys_folder,
            public_keys(reading.session, reading.keys),
            witness,
            newest=newest,
        )
        return [finding.sentence for finding in path.findings()]


def show(place: Workplace, witness: Path) -> None:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        show_to_witness(reading.session, witness)


@pytest.fixture
def owner(machine: Machine, sealed: Workplace) -> Iterator[Connection]:
    """Somebody with every right in the database, who may switch triggers off, and no key at all."""
    with connect(libpq(machine.owner_url()), autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE kernel.{table} DISABLE TRIGGER history")
        yield connection
        for table in TABLES:
            connection.execute(f"ALTER TABLE kernel.{table} ENABLE TRIGGER history")
